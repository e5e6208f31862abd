// What an author's test does, with installed headers alone.
#include "tfcpp/testing/client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>

#include "tfcpp/schema/plan_modifiers.h"
#include "tfcpp/schema/validators.h"
#include "tfcpp/testing/diagnostic_matchers.h"
#include "tfcpp/testing/in_process.h"
#include "tfcpp/testing/value_matchers.h"

namespace notes {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using tfcpp::Context;
using tfcpp::Mode;
using tfcpp::Outcome;
using tfcpp::Type;
using tfcpp::Value;
using tfcpp::test::Change;
using tfcpp::test::IsValue;
using tfcpp::test::Told;
using tfcpp::test::ToldAt;

using Notes = std::map<std::string, Value>;

class Note final : public tfcpp::Resource {
 public:
  explicit Note(Notes& notes) : notes_(notes) {}
  Outcome Create(const Context&, const tfcpp::CreateRequest& request) override {
    const std::string id = std::to_string(notes_.size() + 1);
    return Put(id, request.planned.With("id", Value::String(id)));
  }
  Outcome Read(const Context&, const tfcpp::ReadRequest& request) override {
    const auto found = notes_.find(request.state.Get("id").AsString());
    Outcome outcome;
    if (found != notes_.end()) outcome.state = found->second;
    return outcome;
  }
  Outcome Update(const Context&, const tfcpp::UpdateRequest& request) override {
    return Put(request.prior.Get("id").AsString(), request.planned);
  }
  Outcome Delete(const Context&, const tfcpp::DeleteRequest& request) override {
    notes_.erase(request.state.Get("id").AsString());
    return {};
  }

 private:
  Outcome Put(const std::string& id, const Value& note) {
    notes_.insert_or_assign(id, note);
    Outcome outcome;
    outcome.state = note;
    return outcome;
  }
  Notes& notes_;
};

class Count final : public tfcpp::DataSource {
 public:
  explicit Count(Notes& notes) : notes_(notes) {}
  tfcpp::DataOutcome Read(const Context&, const Value& config) override {
    tfcpp::DataOutcome outcome;
    outcome.state = config.With("count_of_all", Value::Int(static_cast<std::int64_t>(notes_.size())));
    return outcome;
  }

 private:
  Notes& notes_;
};

tfcpp::Provider MakeProvider(Notes& notes) {
  tfcpp::ResourceType note{
      .name = "notes_note",
      .schema = {
          .attributes = {{.name = "id", .mode = Mode::kComputed, .plan_modifiers = {tfcpp::UseStateForUnknown()}},
                         {.name = "title", .mode = Mode::kRequired, .validators = {tfcpp::SizeAtLeast(1)}},
                         {.name = "kind", .plan_modifiers = {tfcpp::RequiresReplace()}}}}};
  const Type type = note.schema.ImpliedType();
  note.import_state = [type](const tfcpp::ImportRequest& request) {
    Outcome outcome;
    outcome.state = tfcpp::V("{}", type).With("id", Value::String(request.id));
    return outcome;
  };
  return {.type_name = "notes",
          .version = "1.0.0",
          .schema = {.attributes = {{.name = "path", .validators = {tfcpp::SizeAtLeast(1)}}}},
          .resources = {note},
          .data_sources =
              {{.name = "notes_count",
                .schema = {.attributes = {{.name = "count_of_all", .type = Type::Number(), .mode = Mode::kComputed}}}}},
          .functions = {{.name = "shout",
                         .parameters = {{"text", Type::String(), ""}},
                         .result = Type::String(),
                         .summary = "",
                         .description = "",
                         .call = [](const std::vector<Value>& arguments) -> tfcpp::Result<Value> {
                           return Value::String(arguments[0].AsString() + "!");
                         }}},
          .configure = [&notes](const Context&, const tfcpp::ConfigureRequest&) {
            tfcpp::Service service{.name = "notes"};
            service.Bind(&tfcpp::Service::resources, "notes_note", [&] { return std::make_unique<Note>(notes); });
            service.Bind(&tfcpp::Service::data_sources, "notes_count", [&] { return std::make_unique<Count>(notes); });
            return service;
          }};
}

struct ClientTest : testing::Test {
  Notes notes;
  tfcpp::test::InProcess client{MakeProvider(notes)};
  tfcpp::test::ResourceClient note = client.Resource("notes_note");
};

TEST_F(ClientTest, ALife) {
  ASSERT_THAT(client.Configure(R"({path: "p"})"), IsEmpty());
  const Change made = note.Create(R"({title: "First"})");
  ASSERT_THAT(made.diagnostics, IsEmpty());
  EXPECT_THAT(made.planned, IsValue(R"({id: ?, title: "First"})"));
  EXPECT_THAT(made.state, IsValue(R"({id: "1", title: "First"})"));
  EXPECT_EQ(note.Read(made).state, made.state);
  const Change again = note.Plan(made.state, made.config, made.private_data);
  EXPECT_EQ(again.planned, made.state);
  const Change changed = note.Update(made, R"({title: "Second"})");
  EXPECT_THAT(changed.state, IsValue(R"({id: "1", title: "Second"})"));
  EXPECT_THAT(note.Plan(changed.state, note.Parse(R"({title: "Second", kind: "k"})")).requires_replace,
              ElementsAre("kind"));
  const Change imported = note.Import("1");
  EXPECT_EQ(note.Read(imported).state, changed.state);
  EXPECT_THAT(note.Delete(changed).state, IsValue("null"));
  EXPECT_TRUE(note.Read(changed).state.is_null());
  EXPECT_THAT(notes, IsEmpty());
}

TEST_F(ClientTest, DiagnosticsHaveTextsAndPaths) {
  EXPECT_THAT(note.Validate(note.Parse(R"({title: ""})")), ToldAt("title", HasSubstr("at least 1")));
  EXPECT_THAT(client.ValidateProvider(R"({path: ""})"), ToldAt("path", HasSubstr("at least 1")));
  const Change refused = note.Create(R"({title: "too early"})");
  EXPECT_TRUE(refused.failed);
  EXPECT_THAT(refused.diagnostics, Told(ElementsAre(HasSubstr("not configured"))));
}

TEST_F(ClientTest, OtherKinds) {
  ASSERT_THAT(client.Configure("{}"), IsEmpty());
  EXPECT_THAT(client.ReadData("notes_count", "{}").value, IsValue("{count_of_all: 0}"));
  EXPECT_THAT(client.CallFunction("shout", {Value::String("hey")}).value, IsValue(R"("hey!")"));
  EXPECT_EQ(client.provided().resources.size(), 1u);
  EXPECT_THAT(client.provided().mistakes, IsEmpty());
}

TEST_F(ClientTest, AMistakeOfTheTestThrows) {
  EXPECT_THROW(client.Resource("notes_not"), std::logic_error);
  EXPECT_THROW(note.Parse("{titel: 1}"), std::logic_error);
  EXPECT_THROW(client.CallFunction("shout", {Value::String("a"), Value::String("b")}), std::logic_error);
}

}  // namespace
}  // namespace notes
