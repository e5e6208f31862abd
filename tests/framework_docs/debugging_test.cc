#include <gtest/gtest.h>

#include <stop_token>
#include <string>

#include "framework_docs/debugging.md.h"

namespace {

class LastRecord final : public tfcpp::Logger {
 public:
  bool Enabled(tfcpp::LogLevel level) const override { return level >= least; }
  void Write(tfcpp::LogLevel, std::string_view message, tfcpp::LogFields fields) override {
    text = std::string(message);
    for (const auto& [name, value] : fields) text += " " + std::string(name) + "=" + value;
  }
  tfcpp::LogLevel least = tfcpp::LogLevel::kDebug;
  std::string text;
};

TEST(DebuggingPage, CountsAreLoggedWhereSomebodyWantsThem) {
  using tfcpp::Value;
  const Value planned = Value::Object({{"a", Value::Unknown(tfcpp::Type::String())}, {"b", Value::String("secret")}});
  LastRecord log;
  const std::stop_source never;
  const tfcpp::Context context{.stop = never.get_token(), .log = log};
  LogPlan(context, planned);
  EXPECT_EQ(log.text, "planned unknown=1");
  log = {};
  log.least = tfcpp::LogLevel::kInfo;
  LogPlan(context, planned);
  EXPECT_EQ(log.text, "");
}

TEST(DebuggingPage, TheProgramSaysWhatItIs) {
  tfcpp::Provider provider{
      .type_name = "notes", .version = "1.2.3", .schema = {.attributes = {}}, .configure = nullptr};
  std::string program = "terraform-provider-notes", version = "--version", wrong = "--wrong";
  char* show[] = {program.data(), version.data()};
  char* mistake[] = {program.data(), wrong.data()};
  testing::internal::CaptureStdout();
  EXPECT_EQ(RunProvider(provider, 2, show), 0);
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "terraform-provider-notes 1.2.3\n");
  EXPECT_EQ(RunProvider(provider, 2, mistake), 2);
}

}  // namespace
