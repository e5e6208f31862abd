// The life of a note, as Terraform would make it live, without Terraform.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <string>

#include "provider.h"
#include "tfcpp/testing/diagnostic_matchers.h"
#include "tfcpp/testing/in_process.h"
#include "tfcpp/testing/value_matchers.h"

namespace notes {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using tfcpp::Value;
using tfcpp::test::Change;
using tfcpp::test::IsValue;
using tfcpp::test::ToldAt;

struct NoteTest : testing::Test {
  const std::string path = testing::TempDir() + "note_test.json";
  tfcpp::test::InProcess client{MakeProvider()};
  tfcpp::test::ResourceClient note = client.Resource("notes_note");

  NoteTest() { EXPECT_THAT(client.Configure("{path: \"" + path + "\"}"), IsEmpty()); }
  ~NoteTest() override { std::remove(path.c_str()); }
};

TEST_F(NoteTest, Life) {
  const Change made = note.Create(R"({title: "First", tags: ["a"]})");
  ASSERT_THAT(made.diagnostics, IsEmpty());
  EXPECT_EQ(made.state.Get("revision"), Value::Int(1));
  EXPECT_EQ(note.Read(made).state, made.state);
  EXPECT_EQ(note.Plan(made.state, made.config, made.private_data).planned, made.state);  // it settles

  const Change changed = note.Update(made, R"({title: "Second"})");
  ASSERT_THAT(changed.diagnostics, IsEmpty());
  EXPECT_FALSE(changed.planned.Get("revision").is_known());
  EXPECT_EQ(changed.state.Get("revision"), Value::Int(2));

  const Change imported = note.Read(note.Import(made.state.Get("id").AsString()));
  EXPECT_EQ(imported.state, changed.state);
  EXPECT_EQ(client.ReadData("notes_note", R"({title: "Second"})").value.Get("id"), made.state.Get("id"));

  EXPECT_THAT(note.Delete(changed).state, IsValue("null"));
  EXPECT_THAT(note.Read(changed).state, IsValue("null"));
}

TEST_F(NoteTest, BadInputIsToldAtItsAttribute) {
  EXPECT_THAT(note.Validate(note.Parse(R"({title: ""})")), ToldAt("title", HasSubstr("1")));
  EXPECT_THAT(note.Validate(note.Parse("{title: ?}")), IsEmpty());
}

TEST_F(NoteTest, Slug) {
  EXPECT_THAT(client.CallFunction("slug", {Value::String("My First Note")}).value, IsValue(R"("my-first-note")"));
}

}  // namespace
}  // namespace notes
