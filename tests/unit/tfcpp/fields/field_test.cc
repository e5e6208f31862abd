// What follows from a table, for every kind of row: schema, values, requests, and how answers are read.
#include "tfcpp/fields/field.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <stdexcept>
#include <string>

#include "unit/tfcpp/fields/thing.h"

namespace tfcpp::fields {

// Its table lacks both members.
struct Loose {
  bool odd = false;
  std::optional<Target> target = {};
};
template <>
const Fields& FieldsOf<Loose>() {
  static const Fields kFields = {};
  return kFields;
}

namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Type StateType() { return ObjectTypeOf(AttributesOf(FieldsOf<Thing>()), {}); }
Value State(std::string_view text) { return V(text, StateType()); }

constexpr char kWhole[] =
    R"({id: "7", tags: ["a", "b"], steps: ["y", "x", "y"], owner: "o", owned: true, text: "t", state: "OFF", size: 12,
        loud: false, wait: 5, target: {url: "https://x", verify: false, key: "s", key_wo_version: 3, note: "n"},
        made_at: "2025-12-31T23:59:59.042Z"})";

TEST(FieldsTest, MembersGiveTypes) {
  const Schema schema{.attributes = AttributesOf(FieldsOf<Thing>())};
  EXPECT_THAT(schema.Check(), IsEmpty());
  EXPECT_EQ(StateType().ToJson(),
            R"(["object",{"id":"string","loud":"bool","made_at":"string","owned":"bool","owner":"string",)"
            R"("size":"number","state":"string","steps":["list","string"],"tags":["set","string"],)"
            R"("target":["object",{"key":"string","key_wo":"string","key_wo_version":"number","note":"string",)"
            R"("url":"string","verify":"bool"}],"text":"string","wait":"number"}])");
  EXPECT_TRUE(schema.Find(Path("target").Attribute("key"))->sensitive);
  EXPECT_FALSE(schema.Find(Path("target").Attribute("key_wo"))->sensitive);
  EXPECT_FALSE(schema.Find("owner")->sensitive);
  EXPECT_TRUE(schema.Find(Path("target").Attribute("key_wo_version"))->unreturned);
  EXPECT_FALSE(schema.Find(Path("target").Attribute("key"))->unreturned);
}

TEST(FieldsTest, AMemberHasTheNameOfItsRow) {
  EXPECT_EQ(NameOf<&Thing::owner>(), "owner");
  EXPECT_EQ(NameOf<&Thing::text>(), "text");
  EXPECT_EQ(NameOf<&Thing::state>(), "state");
  EXPECT_EQ(NameOf<&Thing::made>(), "made_at");
  EXPECT_EQ(NameOf<&Thing::target>(), "target");
  EXPECT_EQ(NameOf<&Target::key_version>(), "key_wo_version");
  EXPECT_THROW(NameOf<&Loose::odd>(), std::logic_error);
  EXPECT_THROW(NameOf<&Loose::target>(), std::logic_error);
}

// A value that the service returns, and that is nobody's to see all the same.
TEST(FieldsTest, WhatIsSensitiveByItsRowIsSoInDataSourcesToo) {
  const Fields fields = {Field<&Thing::owner>({.name = "owner", .sensitive = true}, {.name = "owner_name"})};
  EXPECT_TRUE(AttributesOf(fields).at(0).sensitive);
  EXPECT_TRUE(DataAttributesOf(fields).at(0).sensitive);
}

TEST(FieldsTest, AMemberThatCannotBeNullIsNoneOfAnAttributeThatCan) {
  EXPECT_THROW(Field<&Thing::text>({.name = "text"}, {.name = "text"}), std::logic_error);
  EXPECT_THROW(Field<&Thing::tags>({.name = "tags"}, {.name = "tags"}), std::logic_error);
}

// What stands in a table is checked by the compiler.
template <auto kMember>
concept CanBeAField = requires {
  Access<kMember>::BindToApi;
};
struct Odd {
  float ratio = 0;
};
static_assert(CanBeAField<&Thing::owner> && CanBeAField<&Thing::target> && CanBeAField<&Target::key>);
static_assert(!CanBeAField<&Odd::ratio>);

// But for what a service never has: what is write-only is null in every state.
TEST(FieldsTest, StatesAreStructsAndBack) {
  for (const char* text :
       {kWhole, R"({id: "7", tags: [], steps: [], owned: false, text: "", state: "ON", size: 0, wait: 0})",
        R"({id: "7", tags: ["a"], steps: [], owner: "", owned: true, text: "", state: "ON", size: -1, wait: 1,
                               target: {url: "u", verify: true, key: ""}})"}) {
    EXPECT_EQ(ToState(FromValue<Thing>(State(text))), State(text));
  }
  EXPECT_EQ(ToState(Whole()), State(kWhole));
  EXPECT_EQ(FromValue<Thing>(State(kWhole)), Whole());
}

TEST(FieldsTest, WhatIsNotKnownYetStaysAsItWasMade) {
  const Thing thing = FromValue<Thing>(State(R"({id: ?, tags: ["a"], steps: [], text: "t", size: 1, made_at: ?})"));
  EXPECT_EQ(thing.id, "");
  EXPECT_EQ(thing.text, "t");
  EXPECT_EQ(thing.made, Timestamp());
}

TEST(FieldsTest, DataSourcesTellWhatTheServiceTells) {
  const auto attributes = DataAttributesOf(FieldsOf<Thing>());
  const Type type = ObjectTypeOf(attributes, {});
  EXPECT_EQ(ToData(Whole()),
            V(R"({id: "7", tags: ["a", "b"], steps: ["y", "x", "y"], owner: "o", owned: true, text: "t", state: "OFF",
                  size: 12, loud: false, wait: 5, target: {url: "https://x", verify: false, note: "n"},
                  made_at: "2025-12-31T23:59:59.042Z"})",
              type));
  EXPECT_EQ(ToData(Thing{}).type(), type);
  for (const Attribute& attribute : attributes) {
    EXPECT_EQ(attribute.mode, Mode::kComputed) << attribute.name;
    EXPECT_FALSE(attribute.default_value.has_value()) << attribute.name;
  }
  const Schema schema{.attributes = attributes};
  EXPECT_EQ(schema.Find("owner")->description, "Who has it; null: nobody.");
  EXPECT_EQ(schema.Find("text")->description, "Text.");
}

std::string Create(const Thing& planned) { return Json::Object(ToCreate(planned)).Write(); }
std::string Update(const Thing& prior, const Thing& planned) {
  const Value before = ToState(prior);
  const Value after = ToState(planned);
  return Json::Object(ToUpdate(prior, planned, {before, after})).Write();
}

TEST(FieldsTest, ACreateSendsAllThatIsSet) {
  EXPECT_EQ(
      Create(Whole()),
      R"({"tags":["a","b"],"steps":["y","x","y"],"owner_name":"o","text":"t","state":"OFF","size":12,"loud":false,"wait":"5s",)"
      R"("target":{"url":"https://x","check":false,"authorization":"s","note":"n"}})");
  EXPECT_EQ(Create({.tags = {"a"}, .state = "ON"}), R"({"tags":["a"],"steps":[],"state":"ON","size":0,"wait":"0s"})");
  EXPECT_EQ(Create({.state = "ON", .target = Target{.url = "u"}}),
            R"({"tags":[],"steps":[],"state":"ON","size":0,"wait":"0s","target":{"url":"u","check":false}})");
}

struct UpdateCase {
  const char* what;
  std::function<void(Thing&)> change;
  const char* sent;
};

TEST(FieldsTest, AnUpdateSendsWhatChanges) {
  const UpdateCase kCases[] = {
      {"nothing", [](Thing&) {}, "{}"},
      {"a set", [](Thing& t) { t.tags = {"c"}; }, R"({"tags":["c"]})"},
      {"the same set",
       [](Thing& t) {
         t.tags = {"b", "a"};
       },
       "{}"},
      {"the order of a list",
       [](Thing& t) {
         t.steps = {"x", "y", "y"};
       },
       R"({"steps":["x","y","y"]})"},
      {"what only a create sends", [](Thing& t) { t.owner = "p"; }, "{}"},
      {"a text", [](Thing& t) { t.text = "u"; }, R"({"text":"u"})"},
      {"an emptied text", [](Thing& t) { t.text = ""; }, R"({"text":""})"},
      {"a number and a bool", [](Thing& t) { t.size = -1, t.loud = true; }, R"({"size":-1,"loud":true})"},
      {"what the service alone says", [](Thing& t) { t.id = "8", t.made = {}; }, "{}"},
      {"another member of the object", [](Thing& t) { t.target->url = "y"; },
       R"({"target":{"url":"y","check":false,"authorization":"s","note":"n"}})"},
      {"a secret", [](Thing& t) { t.target->key = Secret("z"); },
       R"({"target":{"url":"https://x","check":false,"authorization":"z","note":"n"}})"},
      {"what is ours, in an object that goes whole", [](Thing& t) { t.target->key_version = Number(4); },
       R"({"target":{"url":"https://x","check":false,"authorization":"s","note":"n"}})"},
      {"texts that go", [](Thing& t) { t.target->key.reset(), t.target->note.reset(); },
       R"({"target":{"url":"https://x","check":false,"authorization":"","note":""}})"},
      {"a bool that goes", [](Thing& t) { t.loud.reset(); }, R"({"loud":null})"},
      {"an object that goes", [](Thing& t) { t.target.reset(); }, "{}"},
  };
  for (const UpdateCase& c : kCases) {
    Thing planned = Whole();
    c.change(planned);
    EXPECT_EQ(Update(Whole(), planned), c.sent) << c.what;
  }
  Thing bare = Whole();
  bare.target = Target{.url = "u"};
  Thing planned = bare;
  planned.target->verify = true;
  EXPECT_EQ(Update(bare, planned), R"({"target":{"url":"u","check":true}})") << "what never was set is left out";
  Thing none = Whole();
  none.target.reset();
  EXPECT_EQ(Update(none, bare), R"({"target":{"url":"u","check":false}})") << "an object that comes";
}

struct Light {
  std::string status = {};
  std::string text = {};
};

// For services that take an absent one for another.
TEST(FieldsTest, SomeGoWithEveryUpdate) {
  const Fields fields = {
      Field<&Light::status>({.name = "status", .mode = Mode::kRequired}, {.name = "status", .sent = Sent::kAlways}),
      Field<&Light::text>({.name = "text", .mode = Mode::kRequired}, {.name = "text"})};
  const Light one{"ON", "a"};
  const Light other{"ON", "b"};
  const Value before = ToValue(fields, &one, View::kState);
  const Value after = ToValue(fields, &other, View::kState);
  EXPECT_EQ(Json::Object(ToUpdate(fields, &one, &other, {before, after})).Write(), R"({"status":"ON","text":"b"})");
  EXPECT_TRUE(ToUpdate(fields, &one, &one, {before, before}).empty()) << "nothing changes, so nothing is sent";
}

constexpr char kAnswer[] =
    R"({"thing_id": "7", "tags": ["b", "a", "b"], "steps": ["y", "x", "y"], "owner_name": "o", "text": "t",
        "state": "OFF", "size": "12", "loud": false, "wait": "5s", "made_ms": 1767225599042, "new": [1],
        "target": {"url": "https://x", "check": false, "note": "n", "authorization": "never read"}})";

Thing Answered() {
  Thing thing = Whole();
  thing.target->key.reset();
  thing.target->key_version.reset();
  return thing;
}

// The answer with one member in another form; without it where `form` is empty.
Json With(const std::string& member, const std::string& form) {
  Json::Members members;
  const Json whole = Json::Parse(kAnswer).value();
  for (const auto& [name, value] : whole.members()) {
    if (name != member) members.emplace_back(name, value);
  }
  if (!form.empty()) members.emplace_back(member, Json::Parse(form).value());
  return Json::Object(std::move(members));
}

struct ReadCase {
  const char* member;
  const char* form;  // empty: absent
  std::function<void(Thing&)> change;
};

TEST(FieldsTest, ReadsAnswers) {
  const auto same = [](Thing&) {};
  const ReadCase kCases[] = {
      {"new", "", same},
      {"size", "12", same},
      {"owner_name", "", [](Thing& t) { t.owner.reset(); }},
      {"owner_name", "null", [](Thing& t) { t.owner.reset(); }},
      {"owner_name", R"("")", [](Thing& t) { t.owner.reset(); }},
      {"text", "", [](Thing& t) { t.text = ""; }},
      {"text", R"("")", [](Thing& t) { t.text = ""; }},
      {"state", "", [](Thing& t) { t.state = "ON"; }},
      {"state", "null", [](Thing& t) { t.state = "ON"; }},
      {"steps", "", [](Thing& t) { t.steps = {}; }},
      {"steps", "[]", [](Thing& t) { t.steps = {}; }},
      {"loud", "null", [](Thing& t) { t.loud.reset(); }},
      {"wait", "", [](Thing& t) { t.wait = {1}; }},
      {"target", "null", [](Thing& t) { t.target.reset(); }},
      {"target", R"({"url": "u"})", [](Thing& t) { t.target = Target{.url = "u", .verify = true}; }},
      {"made_ms", R"("1767225599042")", same},
      {"made_ms", "0", [](Thing& t) { t.made = {}; }},
      {"made_ms", "", [](Thing& t) { t.made = {}; }},
  };
  for (const ReadCase& c : kCases) {
    Thing read;
    EXPECT_EQ(Read(With(c.member, c.form), read).what, "") << c.member << " " << c.form;
    Thing expected = Answered();
    c.change(expected);
    EXPECT_EQ(read, expected) << c.member << " " << c.form;
  }
}

struct MisfitCase {
  const char* member;
  const char* form;
  const char* what;
  const char* unread;
};

TEST(FieldsTest, NamesEveryMisfit) {
  const MisfitCase kCases[] = {
      {"thing_id", "", "thing_id is missing", "id"},
      {"thing_id", "null", "thing_id is missing", "id"},
      {"thing_id", R"("")", "thing_id is empty", "id"},
      {"thing_id", "7", "thing_id is no text", "id"},
      {"tags", "", "tags is missing", "tags"},
      {"tags", R"("a")", "tags is no array", "tags"},
      {"tags", "[]", "tags does not hold names of tags", "tags"},
      {"tags", R"(["a", ""])", "tags does not hold names of tags", "tags"},
      {"tags", "[7]", "tags does not hold names of tags", "tags"},
      {"steps", R"([""])", "steps does not hold steps", "steps"},
      {"owner_name", "7", "owner_name is no text", "owner"},
      {"text", "{}", "text is no text", "text"},
      {"state", R"("")", "state is empty", "state"},
      {"size", "", "size is missing", "size"},
      {"size", "1.5", "size is no whole number", "size"},
      {"loud", R"("false")", "loud is neither true nor false", "loud"},
      {"wait", "5", "wait is no time with its unit", "wait"},
      {"target", "7", "target is no object", "target"},
      {"target", "{}", "target.url is missing", "target"},
      {"target", R"({"url": "", "check": 0})", "target.url is empty; target.check is neither true nor false", "target"},
      {"made_ms", R"("")", "made_ms is no whole number", "made_at"},
      {"made_ms", "1767225599", "made_ms is no time in milliseconds", "made_at"},
  };
  for (const MisfitCase& c : kCases) {
    Thing read;
    const Misfit misfit = Read(With(c.member, c.form), read);
    EXPECT_EQ(misfit.what, c.what) << c.form;
    EXPECT_THAT(misfit.unread, ElementsAre(c.unread)) << c.form;
    EXPECT_EQ(read.steps.empty(), c.unread == std::string("steps")) << "the rest is read";
  }
  for (const char* odd : {"null", "7", "[]", R"("x")"}) {
    Thing read;
    const Misfit misfit = Read(Json::Parse(odd).value(), read);
    EXPECT_EQ(misfit.what, "it is no JSON object");
    EXPECT_THAT(misfit.unread, ElementsAre("id", "loud", "made_at", "owner", "size", "state", "steps", "tags", "target",
                                           "text", "wait"));
    EXPECT_EQ(read, Thing());
  }
}

TEST(FieldsTest, WhatCannotBeReadIsUnknown) {
  Thing read;
  const Misfit misfit =
      Read(Json::Parse(R"({"thing_id": "7", "tags": ["a"], "size": "big", "target": {}})").value(), read);
  EXPECT_EQ(
      ReadableState(read, misfit),
      State(R"({id: "7", tags: ["a"], steps: [], owned: ?, text: "", state: "ON", size: ?, wait: 1, target: ?})"));
}

TEST(FieldsTest, AMisfitOfNoRowIsNamed) {
  Misfit misfit;
  Refuse(misfit, "tgas", "tags", "is odd");
  EXPECT_THROW(ReadableState(Thing(), misfit), std::logic_error);
}

TEST(FieldsTest, ReadMembersAreThoseOfEveryLevel) {
  EXPECT_THAT(ReadMembers(FieldsOf<Thing>()),
              ElementsAre("thing_id", "tags", "steps", "owner_name", "text", "state", "size", "loud", "wait", "target",
                          "url", "check", "note", "made_ms"));
}

}  // namespace
}  // namespace tfcpp::fields
