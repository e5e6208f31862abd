#include "tfcpp/codec/proto_diagnostics.h"

#include <gtest/gtest.h>

#include <string>

namespace tfcpp {
namespace {

TEST(ProtoDiagnostics, SeverityIsAlwaysSet) {
  Diagnostics diagnostics;
  diagnostics.AddError("Broken", "It is broken.");
  diagnostics.AddWarning("Odd", "It is odd.", Path("spec").Attribute("url"));
  google::protobuf::RepeatedPtrField<tfplugin6::Diagnostic> messages;
  AppendProto(diagnostics, messages);
  ASSERT_EQ(messages.size(), 2);
  EXPECT_EQ(messages[0].severity(), tfplugin6::Diagnostic::ERROR);
  EXPECT_EQ(messages[0].summary(), "Broken");
  EXPECT_EQ(messages[0].detail(), "It is broken.");
  EXPECT_FALSE(messages[0].has_attribute());
  EXPECT_EQ(messages[1].severity(), tfplugin6::Diagnostic::WARNING);
  ASSERT_EQ(messages[1].attribute().steps_size(), 2);
  EXPECT_EQ(messages[1].attribute().steps(1).attribute_name(), "url");
}

TEST(ProtoDiagnostics, PathsOfEveryStepEndAtASetElement) {
  const tfplugin6::AttributePath whole = ToProto(Path("a").Key("k").Index(2).Attribute("b"));
  ASSERT_EQ(whole.steps_size(), 4);
  EXPECT_EQ(whole.steps(0).attribute_name(), "a");
  EXPECT_EQ(whole.steps(1).element_key_string(), "k");
  EXPECT_EQ(whole.steps(2).element_key_int(), 2);
  EXPECT_EQ(whole.steps(3).attribute_name(), "b");

  const tfplugin6::AttributePath cut = ToProto(Path("a").Element(Value::String("x")).Attribute("b"));
  ASSERT_EQ(cut.steps_size(), 1);
  EXPECT_EQ(cut.steps(0).attribute_name(), "a");

  // An index of 0 is a step, too.
  EXPECT_EQ(ToProto(Path("a").Index(0)).steps(1).selector_case(), tfplugin6::AttributePath_Step::kElementKeyInt);
}

TEST(ProtoDiagnostics, TextsAreValidUtf8) {
  const tfplugin6::Diagnostic message =
      ToProto(Diagnostic{Severity::kError, "bad \xff", "worse \xc3", Path("m").Key("\xfe")});
  EXPECT_EQ(message.summary(), "bad \xef\xbf\xbd");
  EXPECT_EQ(message.detail(), "worse \xef\xbf\xbd");
  EXPECT_EQ(message.attribute().steps(1).element_key_string(), "\xef\xbf\xbd");
}

TEST(ProtoDiagnostics, TextsAreReadableAndBounded) {
  const tfplugin6::Diagnostic message = ToProto(Diagnostic{
      Severity::kError, "a\x1b[31m" + std::string(20'000, 's'), "one\n\ntwo\r" + std::string(20u << 20, 'd'), {}});
  EXPECT_EQ(message.summary().substr(0, 8), "a\xef\xbf\xbd[31m");
  EXPECT_EQ(message.detail().substr(0, 11), "one\n\ntwo\xef\xbf\xbd");
  for (const std::string& text : {message.summary(), message.detail()}) {
    EXPECT_LT(text.size(), kMaxShownText + 40);
    EXPECT_NE(text.find(" more bytes)"), std::string::npos);
  }
}

}  // namespace
}  // namespace tfcpp
