#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "framework_docs/testing.md.h"

namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(TestingPage, APlanAsText) {
  EXPECT_EQ(PlanOfNew(R"({room: "kitchen"})"), R"({color: "white", id: ?, room: "kitchen"})");
}

class Lamp final : public tfcpp::Resource {
  tfcpp::Outcome Create(const tfcpp::Context&, const tfcpp::CreateRequest&) override { return {}; }
  tfcpp::Outcome Read(const tfcpp::Context&, const tfcpp::ReadRequest&) override { return {}; }
  tfcpp::Outcome Update(const tfcpp::Context&, const tfcpp::UpdateRequest&) override { return {}; }
  tfcpp::Outcome Delete(const tfcpp::Context&, const tfcpp::DeleteRequest&) override { return {}; }
};

TEST(TestingPage, MistakesAreFound) {
  bool bind = true;
  tfcpp::Provider home{.type_name = "home",
                       .version = "1",
                       .schema = {.attributes = {}},
                       .resources = {LampType()},
                       .configure = [&](const tfcpp::Context&, const tfcpp::ConfigureRequest&) {
                         tfcpp::Service hub{.name = "the hub"};
                         if (bind)
                           hub.Bind(&tfcpp::Service::resources, "home_lamp", [] { return std::make_unique<Lamp>(); });
                         return tfcpp::Configured(std::move(hub));
                       }};
  const Value config = Value::Object({});
  EXPECT_THAT(Mistakes(home, config), IsEmpty());
  bind = false;
  EXPECT_THAT(Mistakes(home, config), ElementsAre(HasSubstr("home_lamp")));
  bind = true;
  home.resources[0].schema.attributes[2].default_value = Value::Int(1);
  EXPECT_THAT(Mistakes(home, config), ElementsAre(HasSubstr("home_lamp: color")));
}

}  // namespace
