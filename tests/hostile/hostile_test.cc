// The hostile service in each of its modes against each call of the provider. Whatever it does: the token and the
// secrets stay, time, requests and memory are bounded, the error can be read and says what happened, and nothing is
// lost.
#include <fnmatch.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "echo_forms.h"
#include "rest/curl_transport.h"
#include "scene.h"
#include "tfcpp/base/strings.h"

namespace hostile {
namespace {

using ::testing::AnyOf;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;

struct Row {
  const char* modes;  // a pattern as of file names
  // What the error says, as a regular expression; null: no call fails, for the answer is an honest one.
  const char* says;
  const char* fine = "";  // calls that do not fail
  bool hangs = false;
};

constexpr char kRedirect[] = "answered 30[278]";
constexpr char kTooLarge[] = "too large";
constexpr char kNoJson[] = "JSON";
constexpr char kLost[] = "was lost: ";
constexpr char kNotHttp[] = "is not HTTP";
constexpr char kTime[] = "within the time for one call";
constexpr char kCertificate[] = "No secure connection to .*certificate";
constexpr char kOdd[] = "another form than documented|did not answer with JSON";
constexpr char kNoTime[] = "(creation|last_updated)_timestamp is no (whole number|time in milliseconds)";
constexpr char kWrites[] = "create update delete test";  // that do not list

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
    {"silent", kTime, "", true},
    {"slow_head", kTime, "", true},
    {"slow_body", kTime, "", true},
    {"half_an_answer", kTime, "", true},
    {"clock_of_1970", nullptr},
    {"clock_of_2199", nullptr},
    {"clock_of_garbage", nullptr},
    {"self_signed", kCertificate},
    {"expired", kCertificate},
    {"not_yet_valid", kCertificate},
    {"other_name", kCertificate},
    {"old_tls", "No secure connection to .*protocol version"},
    {"no_certificate", "No secure connection to .*handshake failure"},

    {"retry_after_20", "answered 429.*asked to wait 20 s|answered 429"},
    {"retry_after_1e*", "asked to wait 31622400 s|answered 429"},
    {"retry_after_year_9999", "asked to wait [0-9]+ s|answered 429"},
    {"retry_after_0_of_503", "answered 503"},
    {"retry_after_*", "answered 429"},
    {"listing_endless", "goes on after", kWrites},
    {"listing_of_empty_pages", "goes on after", kWrites},
    {"listing_in_a_circle", "came back to a page", kWrites},
    {"listing_slow", kTime, kWrites, true},

    {"page_answer", "an HTML page|did not answer with JSON"},
    {"empty_writes", kOdd, "read token"},
    {"*_answer", kOdd},
    {"no_content", kOdd},
    {"json_deep", "nested too deeply|did not answer", "delete"},
    {"json_deep_member", "nested too deeply", "delete test"},
    {"json_open", "nested too deeply|did not answer"},
    {"json_digits", nullptr},
    {"json_digits_member", "no whole number|lacks the target's status", "delete"},
    {"json_exponent", "no whole number|lacks the target's status", "delete"},
    {"json_many_members", "did not answer", "create read update delete test"},
    {"json_many_webhooks", nullptr},
    {"json_twice", "a member is there twice|did not answer", "delete"},
    {"json_twice_in_webhook", "a member is there twice", "delete test"},
    {"json_half_a_pair", "not JSON|did not answer", "delete"},
    {"json_zero_byte", "not JSON|did not answer", "delete"},
    {"clock_of_*", nullptr},
    {"expiry_*", nullptr},
    {"created_now", nullptr},
    {"created_2262", nullptr},
    {"created_2300", nullptr},
    {"created_last_of_9999", nullptr},
    {"created_digits", nullptr},
    {"created_0", nullptr},
    {"created_null", nullptr},
    {"created_missing", nullptr},
    {"created_*", kNoTime, "delete test"},
    {"commands_in_id", "id cannot be shown|id cannot be read", "delete test"},
    {"commands_in_listing", nullptr},
    {"commands_in_text", "answered 500"},
    {"commands_in_success", "answered 200|has no usable"},
    {"commands_in_*", "answered 400"},

    {"echo_*_in_location", "answered 302"},
    {"echo_*_in_success", "answered 200|has no usable"},
    {"echo_*_in_id", "id cannot be shown|id cannot be read", "delete test"},
    {"echo_*_in_unreadable_id", "events is no array", "delete test"},
    {"echo_*_in_model_name", nullptr},
    {"echo_*_in_delivery", nullptr},
    {"echo_*", "answered 400"},
};

const Row* FindRow(const std::string& mode) {
  const auto* const found = std::find_if(std::begin(kRows), std::end(kRows),
                                         [&](const Row& row) { return fnmatch(row.modes, mode.c_str(), 0) == 0; });
  return found == std::end(kRows) ? nullptr : found;
}

bool IsFine(const Row& row, CallKind call) {
  if (row.says == nullptr) return true;
  const auto calls = tfcpp::Split(row.fine, ' ');
  return std::find(calls.begin(), calls.end(), NameOf(call)) != calls.end();
}

class HostileTest : public ::testing::TestWithParam<std::string> {
 protected:
  static void SetUpTestSuite() {
    std::signal(SIGPIPE, SIG_IGN);  // OpenSSL writes to sockets that may be closed; goplugin::Serve does likewise
    instance_ = MakeInstance();
  }
  static inline Instance instance_;
};

void ExpectNothingLeaked(const Mode& mode, const Seen& seen) {
  EXPECT_EQ(seen.elsewhere, "");
  for (const std::string secret : kSecrets) {
    constexpr std::size_t kCut = 10;
    std::vector<std::string> parts{secret.substr(0, kCut), secret.substr(secret.size() - kCut)};
    // Of each form the middle: its ends depend on what is beside them.
    for (const EchoForm& form : EchoForms())
      parts.push_back(form.write(secret).substr(6, form.write(secret).size() - 12));
    for (const std::string& part : parts) {
      EXPECT_THAT(seen.said, Not(HasSubstr(part))) << secret;
      EXPECT_THAT(seen.logged, Not(HasSubstr(part))) << secret;
    }
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
  // An answer grows by doubling, beside what it was before. The rest is malloc's and the service's own, which runs in
  // this process; AddressSanitizer keeps what is freed, 256 MiB of it, and room around what is not.
#ifdef __SANITIZE_ADDRESS__
  constexpr std::int64_t kKeptKib = 512 << 10;
#else
  constexpr std::int64_t kKeptKib = 32 << 10;
#endif
  const auto answers_kib = static_cast<std::int64_t>(4 * tfcpp::rest::CurlOptions().max_response_bytes / 1024);
  EXPECT_LE(seen.growth_kib, answers_kib + kKeptKib);
}

void ExpectReadable(const Seen& seen) {
  EXPECT_EQ(tfcpp::Readable(seen.said), seen.said);
  EXPECT_LE(seen.said.size(), 4096u);
  EXPECT_THAT(seen.said, Not(HasSubstr("bug")));
  EXPECT_THAT(seen.said, Not(HasSubstr("smuggled")));
}

TEST_P(HostileTest, EveryCall) {
  const Mode* mode = FindMode(GetParam());
  ASSERT_NE(mode, nullptr);
  const Row* row = FindRow(mode->name);
  ASSERT_NE(row, nullptr) << "a mode without a row";
  for (const CallKind call : kCalls) {
    SCOPED_TRACE(NameOf(call));
    const Seen seen = Play(*mode, call, instance_, std::chrono::milliseconds(row->hangs ? 60 : 30'000));
    ExpectNothingLeaked(*mode, seen);
    ExpectBounded(seen);
    ExpectReadable(seen);
    EXPECT_EQ(seen.failed, !IsFine(*row, call)) << seen.said;
    if (!seen.failed) {
      EXPECT_TRUE(seen.still_there);
      // However long the token is good for, one does for two calls.
      EXPECT_EQ(seen.tokens, call == CallKind::kToken ? 1 : 0);
      continue;
    }
    EXPECT_THAT(seen.said, ContainsRegex(row->says));
    EXPECT_THAT(seen.said, AnyOf(HasSubstr("127.0.0.1"), HasSubstr("The service")));
    if (call == CallKind::kTest) continue;
    EXPECT_EQ(seen.state.is_null(), call == CallKind::kCreate);
    EXPECT_TRUE(seen.state.is_null() || seen.state == instance_.state);
  }
}

std::vector<std::string> Names() {
  std::vector<std::string> names;
  for (const Mode& mode : Modes()) names.push_back(mode.name);
  return names;
}

INSTANTIATE_TEST_SUITE_P(Modes, HostileTest, ::testing::ValuesIn(Names()), [](const auto& mode) { return mode.param; });

TEST(HostileModesTest, EachRowHasAMode) {
  std::set<const Row*> used;
  for (const std::string& name : Names()) used.insert(FindRow(name));
  EXPECT_EQ(used.size(), std::size(kRows));
  EXPECT_FALSE(used.contains(nullptr));
}

}  // namespace
}  // namespace hostile
