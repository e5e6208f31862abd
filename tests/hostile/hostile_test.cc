// The hostile service in each of its modes against each call of the provider. Whatever it does: the token and the secrets
// stay, time, requests and memory are bounded, the error can be read and says what happened, and nothing is lost.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>

#include "base/strings.h"
#include "http/curl_transport.h"
#include "scene.h"

namespace hostile {
namespace {

using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;

struct Row {
  const char* mode;
  // What the error says, as a regular expression; null: the call does not fail, for the answer is an honest one.
  const char* says;
  bool hangs = false;
};

constexpr char kRedirect[] = "answered 30[278]";
constexpr char kTooLarge[] = "too large";
constexpr char kNoJson[] = "JSON";
constexpr char kLost[] = "was lost: ";
constexpr char kNotHttp[] = "is not HTTP";
constexpr char kTime[] = "within the time for one call";
constexpr char kCertificate[] = "No secure connection to .*certificate";

constexpr Row kRows[] = {
    {"honest", nullptr},
    {"redirect_elsewhere", kRedirect},
    {"redirect_with_body", kRedirect},
    {"redirect_for_good", kRedirect},
    {"redirect_loop", kRedirect},
    {"redirect_to_clear", kRedirect},
    {"redirect_to_file", kRedirect},
    {"redirect_in_page", "an HTML page|did not answer with JSON"},
    {"endless_body", kTooLarge},
    {"endless_chunks", kTooLarge},
    {"huge_length", kTooLarge},
    {"error_endless_body", "answered 400"},
    {"gzip_bomb", kTooLarge},
    {"gzip_bomb_in_layers", kTooLarge},
    {"gzip_many_layers", kTooLarge},
    {"gzip_cut", kNoJson},
    {"gzip_garbage", kNoJson},
    {"endless_headers", kTooLarge},
    {"endless_header_line", kTooLarge},
    {"endless_interim_answers", kTooLarge},
    {"endless_trailers", kTooLarge},
    {"two_answers", nullptr},
    {"two_lengths", kNoJson},
    {"negative_length", kNotHttp},
    {"chunk_of_garbage", kLost},
    {"chunk_too_large", kLost},
    {"short_body", kLost},
    {"no_headers", kNotHttp},
    {"other_protocol", kNotHttp},
    {"upgrade", "answered 101"},
    {"no_status", kNotHttp},
    {"zero_bytes", kNotHttp},
    {"silent", kTime, true},
    {"slow_head", kTime, true},
    {"slow_body", kTime, true},
    {"half_an_answer", kTime, true},
    {"clock_of_1970", nullptr},
    {"clock_of_2199", nullptr},
    {"clock_of_garbage", nullptr},
    {"self_signed", kCertificate},
    {"expired", kCertificate},
    {"not_yet_valid", kCertificate},
    {"other_name", kCertificate},
    {"old_tls", "No secure connection to .*protocol version"},
    {"no_certificate", "No secure connection to .*handshake failure"},
};

class HostileTest : public ::testing::TestWithParam<Row> {
 protected:
  static void SetUpTestSuite() {
    std::signal(SIGPIPE, SIG_IGN);  // OpenSSL writes to sockets that may be closed; goplugin::Serve does likewise
    instance_ = MakeInstance();
  }
  static inline Instance instance_;
};

void ExpectNothingLeaked(const Mode& mode, const Seen& seen) {
  EXPECT_EQ(seen.elsewhere, "");
  for (const char* secret : kSecrets) {
    EXPECT_THAT(seen.said, Not(HasSubstr(secret)));
    EXPECT_THAT(seen.logged, Not(HasSubstr(secret)));
  }
  // Nothing was sent to whom the certificate does not prove to be the host.
  if (mode.tls != Tls::kClear && mode.tls != Tls::kGood) {
    EXPECT_EQ(seen.requests.size(), 0u);
  }
}

void ExpectBounded(const Seen& seen) {
  // The most: a create whose answer is too large, and two looks for it, by pages of half the size each time.
  EXPECT_LE(seen.requests.size(), 40u);
  EXPECT_LE(seen.waited, std::chrono::seconds(60));
  // An answer grows by doubling, beside what it was before. The rest is malloc's and the service's own, which runs in this
  // process; AddressSanitizer keeps what is freed, 256 MiB of it, and room around what is not.
#ifdef __SANITIZE_ADDRESS__
  constexpr std::int64_t kKeptKib = 512 << 10;
#else
  constexpr std::int64_t kKeptKib = 32 << 10;
#endif
  const auto answers_kib = static_cast<std::int64_t>(4 * tfcpp::http::CurlOptions().max_response_bytes / 1024);
  EXPECT_LE(seen.growth_kib, answers_kib + kKeptKib);
}

void ExpectReadable(const Seen& seen) {
  EXPECT_TRUE(tfcpp::IsValidUtf8(seen.said));
  EXPECT_TRUE(std::none_of(seen.said.begin(), seen.said.end(), [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\n') || c == 0x7f;
  })) << seen.said;
  EXPECT_LE(seen.said.size(), 4096u);
  EXPECT_THAT(seen.said, Not(HasSubstr("bug")));
  EXPECT_THAT(seen.said, Not(HasSubstr("smuggled")));
}

TEST_P(HostileTest, EveryCall) {
  const Mode* mode = FindMode(GetParam().mode);
  ASSERT_NE(mode, nullptr);
  for (const CallKind call : kCalls) {
    SCOPED_TRACE(NameOf(call));
    const Seen seen = Play(*mode, call, instance_, std::chrono::milliseconds(GetParam().hangs ? 60 : 30'000));
    ExpectNothingLeaked(*mode, seen);
    ExpectBounded(seen);
    ExpectReadable(seen);
    EXPECT_EQ(seen.failed, GetParam().says != nullptr) << seen.said;
    if (!seen.failed) {
      EXPECT_TRUE(seen.still_there);
      continue;
    }
    EXPECT_THAT(seen.said, ContainsRegex(GetParam().says));
    EXPECT_THAT(seen.said, HasSubstr("127.0.0.1"));
    if (call == CallKind::kTest) continue;
    EXPECT_EQ(seen.state.is_null(), call == CallKind::kCreate);
    EXPECT_TRUE(seen.state.is_null() || seen.state == instance_.state);
  }
}

INSTANTIATE_TEST_SUITE_P(Modes, HostileTest, ::testing::ValuesIn(kRows),
                         [](const auto& row) { return std::string(row.param.mode); });

TEST(HostileModesTest, HaveARowEach) {
  std::vector<std::string> modes;
  for (const Mode& mode : Modes()) modes.emplace_back(mode.name);
  std::vector<std::string> rows;
  for (const Row& row : kRows) rows.emplace_back(row.mode);
  EXPECT_EQ(rows, modes);
}

}  // namespace
}  // namespace hostile
