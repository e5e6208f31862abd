// CurlTransport on a machine without memory: this program's own operator new refuses large pieces when it is told to.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <limits>
#include <new>

#include "rest/curl_transport.h"
#include "support/raw_server.h"

namespace {

// Bytes from which a piece is refused.
std::atomic<std::size_t> refused_from = std::numeric_limits<std::size_t>::max();

}  // namespace

// Not inlined: g++ would see free() for what operator new gave, and warn.
[[gnu::noinline]] void* operator new(std::size_t size) {
  void* piece = size < refused_from ? std::malloc(size) : nullptr;
  if (piece == nullptr) throw std::bad_alloc();
  return piece;
}
[[gnu::noinline]] void operator delete(void* piece) noexcept { std::free(piece); }
[[gnu::noinline]] void operator delete(void* piece, std::size_t) noexcept { std::free(piece); }

namespace tfcpp::rest {
namespace {

TEST(CurlTransportMemoryTest, AnAnswerThatDoesNotFitIsAnErrorOfItsCallAlone) {
  const std::string large(4u << 20, 'x');
  const std::string whole = test::Ok(large);
  const auto answer = [&](test::RawServer::Connection& c) {
    while (c.ReadRequest().has_value()) c.Write(whole);
  };
  test::RawServer server({answer, answer, answer});
  CurlTransport transport({});
  NullLogger log;
  for (const Effect effect : {Effect::kNone, Effect::kCreates}) {
    refused_from = large.size() / 4;
    const auto refused = transport.Send({{}, log}, {.method = Method::kPost, .url = server.url(), .effect = effect});
    refused_from = std::numeric_limits<std::size_t>::max();
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, ErrorCode::kInternal);
    EXPECT_EQ(refused.error().reason, "memory");
    EXPECT_TRUE(refused.error().may_have_acted);  // so that a create is looked for
    EXPECT_THAT(refused.error().message, testing::HasSubstr("no memory left for the answer of " + server.authority()));
  }
  EXPECT_EQ(transport.Send({{}, log}, {.url = server.url()})->body.size(), large.size());
}

}  // namespace
}  // namespace tfcpp::rest
