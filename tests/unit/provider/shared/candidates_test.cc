// Which of the webhooks in a listing may be the one of a create whose answer is lost: by every clock, and by value.
// That each attribute of a type counts as it should is in the type's own appearance_test.cc.
#include "provider/shared/candidates.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

#include "unit/provider/shared/example.h"

namespace mlflow {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using tfcpp::Value;

using Time = std::chrono::sys_time<milliseconds>;
constexpr std::chrono::sys_seconds kDate{1'767'225'600s};  // of the listing, by its Date header
constexpr Time kNow{1'767'225'600'000ms};

// Wherever a listing says nothing, the plan has something.
const Value& Planned() {
  static const Value kPlan = Flat(R"({id: ?, name: "n", url: "https://x", events: ["A", "B"], description: "",
                                         secret: "s", secret_wo_version: 1, updated_at: ?})");
  return kPlan;
}

Candidate Of(std::optional<Time> created, const Value& state = AsListed(FlatSchema(), Planned())) {
  return {.id = "7", .state = [state] { return state; }, .created = created};
}

std::string Verdict(const Found& found) {
  if (!found.ours.empty()) return "ours";
  return found.doubtful.empty() ? "older" : "doubtful";
}

bool NothingIsKnown(const std::string&) { return false; }

struct ClockCase {
  const char* what;
  std::optional<Time> created;
  milliseconds elapsed;  // since the call began
  const char* verdict;
  milliseconds wall_elapsed = 0ms;
  std::optional<std::chrono::sys_seconds> date = kDate;
};

TEST(CandidatesTest, JudgesEveryClock) {
  const ClockCase kCases[] = {
      {"just now", kNow, 0ms, "ours"},
      {"whole seconds cut off", kNow - 1'000ms, 0ms, "ours"},
      {"at the beginning of a slow call", kNow - 60s, 60s, "ours"},
      {"5 s before the call", kNow - 5'000ms, 0ms, "ours"},
      {"a clock 6 s behind, or somebody's", kNow - 5'001ms, 0ms, "doubtful"},
      {"a clock a minute behind", kNow - 60s, 0ms, "doubtful"},
      {"almost a quarter of an hour behind", kNow - 899'999ms, 0ms, "doubtful"},
      {"a quarter of an hour", kNow - 900s, 0ms, "older"},
      {"a quarter of an hour before a slow call", kNow - 960s, 60s, "older"},
      {"almost that", kNow - 959'999ms, 60s, "doubtful"},
      {"a clock 5 s ahead", kNow + 5'000ms, 0ms, "ours"},
      {"a clock 6 s ahead", kNow + 5'001ms, 0ms, "doubtful"},
      {"a clock a day ahead", kNow + 24h, 0ms, "doubtful"},
      {"the machine slept an hour during the call", kNow - 1h, 1s, "doubtful", 3'601s},
      {"somebody set this machine's clock back", kNow - 2s, 3s, "ours", -3'600s},
      {"an hour", kNow - 1h, 0ms, "older"},
      {"a Date of 9999", kNow, 0ms, "doubtful", 0ms, std::chrono::sys_days(std::chrono::year(9999) / 12 / 31)},
      {"a Date in 31 years", kNow, 0ms, "doubtful", 0ms, kDate + std::chrono::years(31)},
      {"a Date of 1970", kNow, 0ms, "doubtful", 0ms, std::chrono::sys_seconds{}},
      {"a Date of the year 1", kNow, 0ms, "doubtful", 0ms, std::chrono::sys_days(std::chrono::year(1) / 1 / 1)},
      {"no time", std::nullopt, 0ms, "doubtful"},
      {"no Date", kNow, 0ms, "doubtful", 0ms, std::nullopt},
      {"no Date, long ago", kNow - 24h, 0ms, "doubtful", 0ms, std::nullopt},
  };
  for (const ClockCase& c : kCases) {
    const LostCall call{
        .schema = FlatSchema(), .planned = Planned(), .elapsed = c.elapsed, .wall_elapsed = c.wall_elapsed};
    const Listed listed{.candidates = {Of(c.created)}, .answered_at = c.date};
    const Found found = FindCandidates(listed, call, NothingIsKnown);
    EXPECT_EQ(Verdict(found), c.verdict) << c.what;
    if (!found.doubtful.empty()) {
      EXPECT_THAT(found.doubtful[0], HasSubstr("7 (")) << c.what;
    }
    EXPECT_EQ(Verdict(FindCandidates(listed, call, [](const auto& id) { return id == "7"; })), "older") << c.what;

    // Of another form than documented, it is never surely ours.
    Listed odd = listed;
    odd.candidates[0].misfit = "odd";
    odd.candidates[0].id = "";
    const Found doubt = FindCandidates(odd, call, [](const auto& id) { return id.empty(); });
    const bool is_older = std::string(c.verdict) == "older";
    if (is_older) {
      EXPECT_THAT(doubt.doubtful, IsEmpty()) << c.what;
    } else {
      EXPECT_THAT(doubt.doubtful, ElementsAre("an entry without an id (odd)")) << c.what;
    }
  }
}

TEST(CandidatesTest, ComparesByTheSchema) {
  const struct {
    const char* what;
    const char* state;
    bool is_ours;
  } kCases[] = {
      {"as planned", R"({id: "7", name: "n", url: "https://x", events: ["B", "A"], description: "", updated_at: "t"})",
       true},
      {"the same in another form", R"({id: "7", name: "n", url: "https://x/", events: ["A", "B"], description: ""})",
       true},
      {"another name", R"({id: "7", name: "m", url: "https://x", events: ["A", "B"], description: ""})", false},
      {"none", R"({id: "7", url: "https://x", events: ["A", "B"], description: ""})", false},
      {"what cannot be read", R"({id: ?, name: ?, url: "https://x", events: ?, description: ?})", true},
      {"of what can be read, another", R"({id: ?, name: ?, url: "https://y", events: ?, description: ?})", false},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(LooksLike(FlatSchema(), Planned(), Flat(c.state)), c.is_ours) << c.what;
  }
}

// A listing is long, and most of it is older.
TEST(CandidatesTest, TheStateOfAnOlderOneIsNotAskedFor) {
  Candidate older = Of(kNow - 1h);
  older.state = []() -> Value { throw std::logic_error("asked for"); };
  const LostCall call{.schema = FlatSchema(), .planned = Planned()};
  EXPECT_EQ(Verdict(FindCandidates({.candidates = {older}, .answered_at = kDate}, call, NothingIsKnown)), "older");
}

}  // namespace
}  // namespace mlflow
