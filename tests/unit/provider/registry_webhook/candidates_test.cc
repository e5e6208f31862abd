// Which of the webhooks in a listing may be the one of a create whose answer is lost: by every clock, and by every
// member.
#include "provider/registry_webhook/candidates.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mlflow {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using tfcpp::databricks::RegistryWebhook;
using tfcpp::databricks::RegistryWebhookInput;
using tfcpp::databricks::RegistryWebhookMisfit;

constexpr std::chrono::sys_seconds kDate{1'767'225'600s};  // of the listing, by its Date header
constexpr std::int64_t kNow = 1'767'225'600'000;

RegistryWebhookInput Asked() {
  RegistryWebhookInput input;
  input.events = {"B", "A", "B"};
  input.http_url_spec = {"https://x", true, std::nullopt, std::nullopt};
  return input;
}

Listing ListingOf(std::optional<std::int64_t> created, std::optional<std::chrono::sys_seconds> date = kDate) {
  RegistryWebhook webhook = AppearanceOf(Asked());
  webhook.id = "7";
  webhook.creation_timestamp = created;
  Listing listing;
  listing.webhooks.emplace("7", webhook);
  listing.answered_at = date;
  return listing;
}

std::string Found(const Candidates& found) {
  if (!found.ours.empty()) return "ours";
  return found.doubtful.empty() ? "older" : "doubtful";
}

bool NothingIsKnown(const std::string&) { return false; }

struct ClockCase {
  const char* what;
  std::optional<std::int64_t> created;
  std::chrono::milliseconds elapsed;  // since the call began
  const char* verdict;
  std::chrono::milliseconds wall_elapsed = 0ms;
  std::optional<std::chrono::sys_seconds> date = kDate;
};

TEST(CandidatesTest, JudgesEveryClock) {
  const ClockCase kCases[] = {
      {"just now", kNow, 0ms, "ours"},
      {"whole seconds cut off", kNow - 1'000, 0ms, "ours"},
      {"at the beginning of a slow call", kNow - 60'000, 60s, "ours"},
      {"5 s before the call", kNow - 5'000, 0ms, "ours"},
      {"a clock 6 s behind, or somebody's", kNow - 5'001, 0ms, "doubtful"},
      {"a clock a minute behind", kNow - 60'000, 0ms, "doubtful"},
      {"almost a quarter of an hour behind", kNow - 899'999, 0ms, "doubtful"},
      {"a quarter of an hour", kNow - 900'000, 0ms, "older"},
      {"a quarter of an hour before a slow call", kNow - 960'000, 60s, "older"},
      {"almost that", kNow - 959'999, 60s, "doubtful"},
      {"a clock 5 s ahead", kNow + 5'000, 0ms, "ours"},
      {"a clock 6 s ahead", kNow + 5'001, 0ms, "doubtful"},
      {"a clock a day ahead", kNow + 86'400'000, 0ms, "doubtful"},
      {"the machine slept an hour during the call", kNow - 3'600'000, 1s, "doubtful", 3'601s},
      {"somebody set this machine's clock back", kNow - 2'000, 3s, "ours", -3'600s},
      {"an hour", kNow - 3'600'000, 0ms, "older"},
      {"no time", std::nullopt, 0ms, "doubtful"},
      {"no Date", kNow, 0ms, "doubtful", 0ms, std::nullopt},
      {"no Date, long ago", kNow - 86'400'000, 0ms, "doubtful", 0ms, std::nullopt},
  };
  for (const ClockCase& c : kCases) {
    const LostCall call{.appearance = AppearanceOf(Asked()), .elapsed = c.elapsed, .wall_elapsed = c.wall_elapsed};
    const Candidates found = FindCandidates(ListingOf(c.created, c.date), call, NothingIsKnown);
    EXPECT_EQ(Found(found), c.verdict) << c.what;
    if (!found.doubtful.empty()) {
      EXPECT_THAT(found.doubtful[0], HasSubstr("7 (")) << c.what;
    }
    EXPECT_EQ(Found(FindCandidates(ListingOf(c.created, c.date), call, [](const auto& id) { return id == "7"; })),
              "older")
        << c.what;
  }
}

struct MisfitCase {
  const char* what;
  std::function<void(RegistryWebhookMisfit&)> change;
  bool may_be_ours;
};

// What can be read of it must equal what was asked for.
TEST(CandidatesTest, AMisfitMayBeOursUnlessItSaysOtherwise) {
  const MisfitCase kCases[] = {
      {"no time", [](auto& m) { m.unread = {"creation_timestamp"}; }, true},
      {"long ago", [](auto& m) { m.readable.creation_timestamp = kNow - 86'400'000; }, false},
      {"no id", [](auto& m) { m.readable.id = ""; }, true},
      {"no events", [](auto& m) { m.readable.events = {}, m.unread.insert("events"); }, true},
      {"other events", [](auto& m) { m.readable.events = {"C"}; }, false},
      {"no target", [](auto& m) { m.readable.http_url_spec.reset(), m.unread.insert("target"); }, true},
      {"another target", [](auto& m) { m.readable.http_url_spec->url = "https://y"; }, false},
      {"no model", [](auto& m) { m.unread.insert("model_name"); }, true},
      {"another model", [](auto& m) { m.readable.model_name = "m"; }, false},
      {"no description", [](auto& m) { m.unread.insert("description"); }, true},
      {"another description", [](auto& m) { m.readable.description = "d"; }, false},
      {"no status", [](auto& m) { m.readable.status = "", m.unread.insert("status"); }, true},
      {"another status", [](auto& m) { m.readable.status = "DISABLED"; }, false},
      {"nothing at all",
       [](auto& m) {
         m.readable = {};
         m.unread = {"id", "events", "model_name", "description", "status", "target", "creation_timestamp"};
       },
       true},
  };
  for (const MisfitCase& c : kCases) {
    Listing listing;
    listing.answered_at = kDate;
    RegistryWebhookMisfit misfit{
        .what = "odd", .readable = AppearanceOf(Asked()), .unread = {"last_updated_timestamp"}};
    misfit.readable.id = "7";
    c.change(misfit);
    if (misfit.readable.id.empty()) {
      listing.nameless.push_back(misfit);
    } else {
      listing.misfits.emplace("7", misfit);
    }
    const LostCall call{.appearance = AppearanceOf(Asked())};
    const Candidates found = FindCandidates(listing, call, NothingIsKnown);
    EXPECT_EQ(Found(found), c.may_be_ours ? "doubtful" : "older") << c.what;
    if (c.may_be_ours) {
      EXPECT_THAT(found.doubtful[0], HasSubstr("(odd)")) << c.what;
    }
  }
}

TEST(CandidatesTest, TheServiceMayWriteAWorkspacesAddressInAnotherForm) {
  RegistryWebhookInput asked;
  asked.events = {"A"};
  asked.job_spec = {"12", std::nullopt, "https://W.example/"};
  RegistryWebhook webhook = AppearanceOf(asked);
  webhook.id = "7";
  webhook.creation_timestamp = kNow;
  webhook.job_spec->workspace_url = "https://w.example";
  Listing listing;
  listing.answered_at = kDate;
  listing.webhooks.emplace("7", webhook);
  EXPECT_EQ(Found(FindCandidates(listing, {.appearance = AppearanceOf(asked)}, NothingIsKnown)), "ours");
  listing.webhooks.at("7").job_spec->workspace_url = "https://v.example";
  EXPECT_EQ(Found(FindCandidates(listing, {.appearance = AppearanceOf(asked)}, NothingIsKnown)), "older");
}

}  // namespace
}  // namespace mlflow
