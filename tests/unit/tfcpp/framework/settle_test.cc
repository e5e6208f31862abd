#include "tfcpp/framework/settle.h"

#include <gtest/gtest.h>

#include "unit/tfcpp/framework/thing.h"

namespace tfcpp {
namespace {

struct SettleCase {
  const char* what;
  const char* planned;
  const char* answer;
  const char* kept_planned;  // the state with OnBreach::kKeepPlanned
  const char* kept_answer;
  const char* changed;
};

std::string Names(const std::vector<Path>& paths) {
  std::string text;
  for (const Path& path : paths) text += path.ToString() + " ";
  return text;
}

TEST(SettleTest, CompletesAndFindsBreaches) {
  const SettleCase kCases[] = {
      {"unknowns are filled", "{id: ?, updated: ?}", R"({id: "1", updated: "t"})", R"({id: "1", updated: "t"})",
       R"({id: "1", updated: "t"})", ""},
      {"another value", R"({id: ?, name: "n"})", R"({id: "1", name: "m"})", R"({id: "1", name: "n"})",
       R"({id: "1", name: "m"})", "name "},
      {"secrets are not returned", R"({secret: "s", one: {host: "a", secret: "t"}})", R"({one: {host: "a"}})",
       R"({secret: "s", one: {host: "a", secret: "t"}})", R"({secret: "s", one: {host: "a", secret: "t"}})", ""},
      {"nor is what is ours alone", R"({kept: "k"})", "{}", R"({kept: "k"})", R"({kept: "k"})", ""},
      {"the same in another form", R"({color: "red"})", R"({color: "RED"})", R"({color: "red"})", R"({color: "red"})",
       ""},
      {"write-only", "{}", R"({once: "x"})", "{}", "{}", ""},
      {"a nested member", R"({one: {host: "a", port: "1", seen: ?}})", R"({one: {host: "a", port: "2", seen: "s"}})",
       R"({one: {host: "a", port: "1", seen: "s"}})", R"({one: {host: "a", port: "2", seen: "s"}})", "one.port "},
      {"a nested object that went", R"({one: {host: "a"}})", "{}", R"({one: {host: "a"}})", "{}", "one "},
      {"one of which a part was open", R"({one: {host: "a", seen: ?}})", "{}", "{}", "{}", "one "},
      {"elements of a list", R"({list: [{host: "a"}, {host: "b"}]})", R"({list: [{host: "a"}, {host: "c"}]})",
       R"({list: [{host: "a"}, {host: "b"}]})", R"({list: [{host: "a"}, {host: "c"}]})", "list[1].host "},
      {"fewer elements", R"({map: {x: {host: "a"}}})", "{map: {}}", R"({map: {x: {host: "a"}}})", "{map: {}}", "map "},
  };
  for (const SettleCase& c : kCases) {
    const Settled planned = Settle(Thing().schema, T(c.planned), T(c.answer), OnBreach::kKeepPlanned);
    EXPECT_EQ(planned.state, T(c.kept_planned)) << c.what;
    EXPECT_EQ(Names(planned.changed), c.changed) << c.what;
    const Settled answer = Settle(Thing().schema, T(c.planned), T(c.answer), OnBreach::kKeepAnswer);
    EXPECT_EQ(answer.state, T(c.kept_answer)) << c.what;
    EXPECT_EQ(Names(answer.changed), c.changed) << c.what;
    EXPECT_TRUE(answer.unknown.empty()) << c.what;
  }
}

TEST(SettleTest, NothingUnknownIsLeft) {
  const Settled settled = Settle(Thing().schema, T(R"({id: ?, one: {host: "a", seen: ?}})"),
                                 T(R"({id: ?, one: {host: "a", seen: ?}})"), OnBreach::kKeepPlanned);
  EXPECT_TRUE(settled.state.is_wholly_known());
  EXPECT_EQ(Names(settled.unknown), "id one.seen ");
}

}  // namespace
}  // namespace tfcpp
