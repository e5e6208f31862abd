#include "tfcpp/goplugin/hclog.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <map>
#include <thread>

#include "tfcpp/base/strings.h"
#include "tfcpp/json/json.h"
#include "tfcpp/testing/fake_clock.h"

namespace tfcpp::goplugin {
namespace {

using namespace std::chrono;
using namespace std::chrono_literals;
using ::testing::HasSubstr;

constexpr std::size_t kHostLimit = 64 * 1024;
const sys_days kDay = 2026y / January / 2;

struct LevelCase {
  const char* provider;  // TF_LOG_PROVIDER; null: not set
  const char* general;   // TF_LOG
  LogLevel level;
};

TEST(LogLevelFromTest, ReadsTheEnvironment) {
  const LevelCase kCases[] = {
      {nullptr, nullptr, LogLevel::kOff},   {nullptr, "", LogLevel::kOff},        {nullptr, "TRACE", LogLevel::kTrace},
      {nullptr, "DEBUG", LogLevel::kDebug}, {nullptr, "info", LogLevel::kInfo},   {nullptr, "Warn", LogLevel::kWarn},
      {nullptr, "ERROR", LogLevel::kError}, {nullptr, "OFF", LogLevel::kOff},     {nullptr, "JSON", LogLevel::kTrace},
      {nullptr, "1", LogLevel::kOff},       {"WARN", "TRACE", LogLevel::kWarn},   {"off", "TRACE", LogLevel::kOff},
      {"", "INFO", LogLevel::kInfo},        {"TRACE", nullptr, LogLevel::kTrace}, {"nonsense", "INFO", LogLevel::kOff},
  };
  for (const LevelCase& c : kCases) {
    const auto level = LogLevelFrom([&](std::string_view name) -> std::optional<std::string> {
      const char* value = name == "TF_LOG_PROVIDER" ? c.provider : name == "TF_LOG" ? c.general : nullptr;
      return value == nullptr ? std::nullopt : std::optional<std::string>(value);
    });
    EXPECT_EQ(level, c.level) << (c.provider ? c.provider : "-") << " " << (c.general ? c.general : "-");
  }
}

struct LineCase {
  LogLevel level;
  Clock::WallTime time;
  const char* line;
};

TEST(HclogLineTest, IsOneJsonObject) {
  const LineCase kCases[] = {
      {LogLevel::kTrace, kDay + 3h + 4min + 5s,
       R"({"@level":"trace","@message":"m","@module":"mlflow","@timestamp":"2026-01-02T03:04:05.000000Z","k":"v"})"},
      {LogLevel::kDebug, kDay + 7us,
       R"({"@level":"debug","@message":"m","@module":"mlflow","@timestamp":"2026-01-02T00:00:00.000007Z","k":"v"})"},
      {LogLevel::kInfo, kDay + 999'999'999ns,
       R"({"@level":"info","@message":"m","@module":"mlflow","@timestamp":"2026-01-02T00:00:00.999999Z","k":"v"})"},
      {LogLevel::kWarn, kDay + 23h + 59min + 59s + 120ms,
       R"({"@level":"warn","@message":"m","@module":"mlflow","@timestamp":"2026-01-02T23:59:59.120000Z","k":"v"})"},
      {LogLevel::kError, sys_days(2000y / February / 29),
       R"({"@level":"error","@message":"m","@module":"mlflow","@timestamp":"2000-02-29T00:00:00.000000Z","k":"v"})"},
  };
  for (const LineCase& c : kCases) {
    EXPECT_EQ(HclogLine(c.level, "mlflow", "m", {{"k", "v"}}, c.time), std::string(c.line) + "\n");
  }
}

TEST(HclogLineTest, StaysOneLine) {
  const std::string line = HclogLine(LogLevel::kInfo, "m", "a\nb\"c", {{"k", "\r\n\t\\"}}, kDay);
  EXPECT_EQ(line.find('\n'), line.size() - 1);
  const auto json = Json::Parse(line);
  EXPECT_EQ(json->FindString("@message"), "a\nb\"c");
  EXPECT_EQ(json->FindString("k"), "\xef\xbf\xbd\n\t\\");
}

TEST(HclogLineTest, TheHostsOwnKeysAreSafe) {
  const auto json = Json::Parse(HclogLine(LogLevel::kInfo, "m", "t", {{"@level", "x"}, {"", "y"}, {"k", "v"}}, kDay));
  EXPECT_EQ(json->members().size(), 5u);
  EXPECT_EQ(json->FindString("@level"), "info");
  EXPECT_EQ(json->FindString("k"), "v");
}

// Terraform prints the log to the user's terminal.
TEST(HclogLineTest, HoldsNoCommandsForATerminal) {
  const auto json = Json::Parse(HclogLine(LogLevel::kInfo, "m", "a\x1b[2J",
                                          {{"k",
                                            "b\xe2\x80\xae"
                                            "c"}},
                                          kDay));
  EXPECT_EQ(json->FindString("@message"), "a\xef\xbf\xbd[2J");
  EXPECT_EQ(json->FindString("k"),
            "b\xef\xbf\xbd"
            "c");
}

TEST(HclogLineTest, MakesTextsUtf8) {
  const auto json = Json::Parse(HclogLine(LogLevel::kInfo, "m", "a\xff", {{"k", "\xc3"}}, kDay));
  ASSERT_TRUE(json.has_value());
  EXPECT_EQ(json->FindString("@message"), "a\xef\xbf\xbd");
  EXPECT_EQ(json->FindString("k"), "\xef\xbf\xbd");
}

TEST(HclogLineTest, CutsLongFields) {
  const auto json =
      Json::Parse(HclogLine(LogLevel::kInfo, "m", std::string(100'000, 'a'), {{"k", std::string(100'000, 'b')}}, kDay));
  EXPECT_THAT(*json->FindString("@message"), HasSubstr("aaa ... (91808 more bytes)"));
  EXPECT_THAT(*json->FindString("k"), HasSubstr("bbb ... (91808 more bytes)"));
}

// JSON writes a control character in six bytes.
TEST(HclogLineTest, StaysBelowTheHostsLimit) {
  for (const char* unit : {"a", "\"", "\n", "\x01", "\xff", "\xc3\xa4", "\x7f"}) {
    std::string text;
    while (text.size() < 20'000) text += unit;
    const std::string line =
        HclogLine(LogLevel::kInfo, "m", text, {{"a", text}, {"b", text}, {"c", text}, {"d", text}, {"e", text}}, kDay);
    EXPECT_LT(line.size(), kHostLimit) << "of byte " << static_cast<int>(static_cast<unsigned char>(*unit));
    EXPECT_TRUE(Json::Parse(line).has_value());
  }
}

class HclogLoggerTest : public ::testing::Test {
 protected:
  HclogLoggerTest() { EXPECT_EQ(pipe(ends_.data()), 0); }
  ~HclogLoggerTest() override { close(ends_[0]); }
  std::string Written() {
    close(ends_[1]);
    return ReadToTheEnd();
  }
  std::string ReadToTheEnd() {
    std::string text;
    std::array<char, 4096> data;
    for (ssize_t got; (got = read(ends_[0], data.data(), data.size())) > 0;) {
      text.append(data.data(), static_cast<std::size_t>(got));
    }
    return text;
  }
  std::array<int, 2> ends_{};
  test::FakeClock clock_;
};

TEST_F(HclogLoggerTest, DropsWhatIsBelowItsLevel) {
  HclogLogger log(ends_[1], LogLevel::kWarn, "mlflow", clock_);
  log.Info("no");
  log.Warn("yes", {{"k", "v"}});
  HclogLogger off(ends_[1], LogLevel::kOff, "mlflow", clock_);
  off.Error("no");
  EXPECT_FALSE(off.Enabled(LogLevel::kOff));
  EXPECT_EQ(
      Written(),
      R"({"@level":"warn","@message":"yes","@module":"mlflow","@timestamp":"2026-01-01T00:00:00.000000Z","k":"v"})"
      "\n");
}

// Also those that are longer than what a pipe takes at once (4 KiB), and than all that it holds (64 KiB).
TEST_F(HclogLoggerTest, LinesOfThreadsDoNotMix) {
  constexpr std::size_t kThreads = 4;
  constexpr std::size_t kRecords = 50;
  HclogLogger log(ends_[1], LogLevel::kTrace, "mlflow", clock_);
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < kThreads; ++i) {
    threads.emplace_back([&, field = std::string(8000, static_cast<char>('a' + i))] {
      for (std::size_t n = 0; n < kRecords; ++n) {
        log.Info("message", {{"a", field.substr(n)}, {"b", field}, {"c", field}, {"d", field}, {"e", field}});
      }
    });
  }
  std::thread end([&] {
    for (std::thread& thread : threads) thread.join();
    close(ends_[1]);
  });
  const std::string text = ReadToTheEnd();
  end.join();
  const auto lines = Split(text, '\n');
  ASSERT_EQ(lines.size(), kThreads * kRecords + 1);
  for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
    const auto json = Json::Parse(lines[i]);
    ASSERT_TRUE(json.has_value());
    EXPECT_EQ(json->FindString("b"), json->FindString("e"));
  }
}

}  // namespace
}  // namespace tfcpp::goplugin
