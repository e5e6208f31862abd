#include <gtest/gtest.h>

#include "framework_docs/calls.h"
#include "framework_docs/resource.md.h"

namespace {

using framework_docs::Life;

TEST(ResourcePage, ItIsMadeReadChangedAndRemoved) {
  const tfcpp::Provider provider = NotesProvider();
  ASSERT_EQ(provider.schema.Check(), std::vector<std::string>());
  Notes notes;
  Life life(provider.resources[0], notes);
  EXPECT_EQ(life.Plan(R"({title: "First", body: null})").planned.ToString(),
            R"({body: "", id: ?, revision: ?, tags: null, title: "First"})");
  life.Apply();
  EXPECT_EQ(life.state().ToString(), R"({body: "", id: "1", revision: 1, tags: null, title: "First"})");
  life.Plan(R"({title: "Second", tags: ["a"]})");
  life.Apply();
  EXPECT_EQ(life.state().ToString(), R"({body: "", id: "1", revision: 2, tags: ["a"], title: "Second"})");
  life.Read();
  EXPECT_EQ(life.state().Get("revision").ToString(), "2");
  life.Destroy();
  EXPECT_TRUE(life.state().is_null());
  EXPECT_TRUE(life.diagnostics().empty());
}

TEST(ResourcePage, EveryTypeIsBound) {
  const tfcpp::Provider provider = NotesProvider();
  tfcpp::NullLogger log;
  const std::stop_source never;
  const tfcpp::Value config = tfcpp::Value::Object({});
  const auto configured = provider.configure({.stop = never.get_token(), .log = log}, {config, "1.11.4"});
  EXPECT_EQ(tfcpp::CheckBindings(provider, configured.services).items(), std::vector<tfcpp::Diagnostic>());
}

}  // namespace
