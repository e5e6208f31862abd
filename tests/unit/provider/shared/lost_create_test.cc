// Lost creates of a kind of webhook that the creator knows nothing of: a schema, a value and two functions. How they
// end with a real service is in ../registry_webhook/lost_create_test.cc.
#include "provider/shared/lost_create.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <string>
#include <vector>

#include "tfcpp/testing/fake_clock.h"
#include "unit/provider/shared/example.h"

namespace mlflow {
namespace {

using namespace std::chrono_literals;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using tfcpp::Error;
using tfcpp::ErrorCode;
using tfcpp::Result;
using tfcpp::Value;

constexpr CreateWords kWords{
    .place = "server", .data_source = "mlflow_server_webhooks", .import_ids = "ADDRESS ID, or ADDRESS WORKSPACE/ID"};
constexpr std::chrono::sys_seconds kDate{1'767'225'600s};

class CreatorTest : public ::testing::Test {
 protected:
  Result<std::string> Create(ErrorCode lost) {
    const CreateCalls calls{.create = [&](const tfcpp::Context&) -> Result<std::string> {
                              ++creates_;
                              return Error{.code = lost, .message = "lost", .may_have_acted = true};
                            },
                            .list = [&](const tfcpp::Context&, const ListOrder& order) -> Result<Listed> {
                              orders_.push_back(order.anew);
                              Listed listed{.answered_at = kDate, .complete = true};
                              for (const std::string& id : there_) listed.candidates.push_back(Made(id));
                              return listed;
                            }};
    return creator_.Create(context_, {.sent = planned_}, calls);
  }
  Candidate Made(const std::string& id) const {
    return {.id = id, .state = [this] { return listed_; }, .created = kDate};
  }

  tfcpp::test::FakeClock clock_;
  tfcpp::NullLogger log_;
  tfcpp::Context context_{.stop = {}, .log = log_};
  WebhookCreator creator_{FlatSchema(), kWords, clock_, 300s};
  const Value planned_ = Flat(R"({id: ?, name: "n", url: "https://x", events: ["A"], description: "", secret: "s",
                                  secret_wo_version: 1, updated_at: ?})");
  Value listed_ = Flat(R"({id: "7", name: "n", url: "https://x/", events: ["A"], description: "", updated_at: "t"})");
  std::vector<std::string> there_;
  std::vector<bool> orders_;
  int creates_ = 0;
};

TEST_F(CreatorTest, AdoptsWhatIsEqualByTheSchema) {
  there_ = {"7"};
  EXPECT_EQ(Create(ErrorCode::kUnavailable).value(), "7");
  EXPECT_EQ(creates_, 1);
  listed_ = listed_.With("description", Value::String("another"));
  there_ = {"8"};
  EXPECT_FALSE(Create(ErrorCode::kUnavailable).has_value());
  EXPECT_EQ(creates_, 3);  // it is not there, so once more
}

TEST_F(CreatorTest, WhatIsAtItStillIsListedAnew) {
  clock_.on_sleep = [this] { there_ = {"7"}; };
  EXPECT_EQ(Create(ErrorCode::kDeadlineExceeded).value(), "7");
  EXPECT_THAT(orders_, ElementsAre(false, true));
}

// The second takes the webhook of the first, which is the oldest that both may have made. What is left for the first is
// younger than its own listing.
TEST_F(CreatorTest, AListingThatAnotherHasTakenFromIsMadeAnew) {
  std::promise<void> first_listed, second_adopted;
  const auto lost = [](std::atomic<int>& calls) -> Result<std::string> {
    ++calls;
    return Error{.code = ErrorCode::kUnavailable, .message = "lost", .may_have_acted = true};
  };
  const auto listed = [this](const std::vector<std::string>& ids) {
    Listed answer{.answered_at = kDate, .complete = true};
    for (const std::string& id : ids) answer.candidates.push_back(Made(id));
    return answer;
  };
  std::atomic<int> creates = 0, listings = 0;
  const CreateCalls first{.create = [&](const tfcpp::Context&) { return lost(creates); },
                          .list = [&](const tfcpp::Context&, const ListOrder& order) -> Result<Listed> {
                            EXPECT_EQ(order.anew, listings > 0);
                            if (listings++ > 0) return listed({"a", "b"});
                            first_listed.set_value();
                            second_adopted.get_future().wait();
                            return listed({"a"});
                          }};
  const CreateCalls second{.create =
                               [&](const tfcpp::Context&) {
                                 first_listed.get_future().wait();
                                 return lost(creates);
                               },
                           .list = [&](const tfcpp::Context&, const ListOrder&) -> Result<Listed> {
                             return listed({"a", "b"});
                           }};
  auto one = std::async(std::launch::async, [&] { return creator_.Create(context_, {.sent = planned_}, first); });
  EXPECT_EQ(creator_.Create(context_, {.sent = planned_}, second).value(), "a");
  second_adopted.set_value();
  EXPECT_EQ(one.get().value(), "b");
  EXPECT_EQ(creates, 2);
  EXPECT_EQ(listings, 2);
}

TEST_F(CreatorTest, SpeaksOfTheKindThatItIsToldOf) {
  there_ = {"7", "8"};
  EXPECT_THAT(
      Create(ErrorCode::kUnavailable).error().message,
      AllOf(HasSubstr("the server has what equals the one asked for"), HasSubstr("7 (created during the call), 8"),
            HasSubstr("the webhooks of the server (the data source mlflow_server_webhooks)"),
            HasSubstr("terraform import ADDRESS ID, or ADDRESS WORKSPACE/ID")));
  EXPECT_EQ(creates_, 1);
}

}  // namespace
}  // namespace mlflow
