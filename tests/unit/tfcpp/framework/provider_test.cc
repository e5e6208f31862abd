// CheckBindings(): a provider of two services whose types and bindings fit, and each way in which they do not.
#include "tfcpp/framework/provider.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <vector>

namespace tfcpp {
namespace {

using testing::HasSubstr;

class NoResource final : public Resource {
 public:
  Outcome Create(const Context&, const CreateRequest&) override { return {}; }
  Outcome Read(const Context&, const ReadRequest&) override { return {}; }
  Outcome Update(const Context&, const UpdateRequest&) override { return {}; }
  Outcome Delete(const Context&, const DeleteRequest&) override { return {}; }
};
class NoData final : public DataSource {
  DataOutcome Read(const Context&, const Value&) override { return {}; }
};
class NoEphemeral final : public EphemeralResource {
  OpenOutcome Open(const Context&, const Value&) override { return {}; }
};
class NoList final : public ResourceList {
  Diagnostics List(const Context&, const ListRequest&, const TakeListed&) override { return {}; }
};
class NoAction final : public Action {
  Diagnostics Invoke(const Context&, const Value&, const ReportProgress&) override { return {}; }
};

void BindResource(Service& service, const char* type) {
  service.Bind(&Service::resources, type, [] { return std::make_unique<NoResource>(); });
}
void BindData(Service& service, const char* type) {
  service.Bind(&Service::data_sources, type, [] { return std::make_unique<NoData>(); });
}
void BindEphemeral(Service& service, const char* type) {
  service.Bind(&Service::ephemerals, type, [] { return std::make_unique<NoEphemeral>(); });
}
void BindList(Service& service, const char* type) {
  service.Bind(&Service::lists, type, [] { return std::make_unique<NoList>(); });
}
void BindAction(Service& service, const char* type) {
  service.Bind(&Service::actions, type, [] { return std::make_unique<NoAction>(); });
}

ResourceType Named(const char* name) { return {.name = name, .schema = {}, .identity = Schema{}}; }

struct House {
  House() {
    left.diagnostics.AddError("No left", "");
    for (Service* service : {&left, &right}) {
      const bool is_left = service == &left;
      BindResource(*service, is_left ? "left" : "right");
      BindData(*service, is_left ? "left" : "right");
      BindEphemeral(*service, is_left ? "left" : "right");
      BindList(*service, is_left ? "left" : "right");
      BindAction(*service, is_left ? "left" : "right");
    }
  }
  Provider provider{.type_name = "test",
                    .version = "1",
                    .schema = {},
                    .resources = {Named("left"), Named("right")},
                    .data_sources = {{"left", {}}, {"right", {}}},
                    .ephemerals = {{"left", {}}, {"right", {}}},
                    .lists = {{"left", {}}, {"right", {}}},
                    .actions = {{"left", {}}, {"right", {}}},
                    .configure = nullptr};
  Service left{.name = "the left"};  // not ready
  Service right{.name = "the right"};
};

TEST(CheckBindingsTest, FindsEveryMistakeAndNamesTheType) {
  const struct {
    std::function<void(House&)> change;
    const char* mistake;  // empty: none
  } rows[] = {
      {[](House&) {}, ""},
      {[](House& house) { house.left.known = false; }, ""},
      {[](House& house) { house.left.resources.clear(); }, "the resource left is bound in no service"},
      {[](House& house) { house.right.data_sources.clear(); }, "the data source right is bound in no service"},
      {[](House& house) { house.left.ephemerals.clear(); }, "the ephemeral resource left is bound in no service"},
      {[](House& house) { house.left.lists.clear(); }, "the list left is bound in no service"},
      {[](House& house) { house.right.actions.clear(); }, "the action right is bound in no service"},
      {[](House& house) { BindResource(house.left, "right"); }, "the resource right is bound in several services"},
      {[](House& house) { BindData(house.left, "right"); }, "the data source right is bound in several services"},
      {[](House& house) { BindEphemeral(house.right, "left"); },
       "ephemeral resource left is bound in several services"},
      {[](House& house) { BindList(house.right, "left"); }, "the list left is bound in several services"},
      {[](House& house) { BindAction(house.right, "left"); }, "the action left is bound in several services"},
      {[](House& house) { BindResource(house.left, "up"); }, "the resource up is bound, but is no type"},
      {[](House& house) { BindData(house.right, "up"); }, "the data source up is bound, but is no type"},
      {[](House& house) { BindEphemeral(house.left, "up"); }, "the ephemeral resource up is bound, but is no type"},
      {[](House& house) { BindList(house.left, "up"); }, "the list up is bound, but is no type"},
      {[](House& house) { BindAction(house.right, "up"); }, "the action up is bound, but is no type"},
      {[](House& house) { house.right.resources["right"] = nullptr; }, "the resource right is bound to nothing"},
      {[](House& house) { house.right.data_sources["right"] = nullptr; }, "the data source right is bound to nothing"},
      {[](House& house) { house.right.ephemerals["right"] = nullptr; }, "ephemeral resource right is bound to nothing"},
      {[](House& house) { house.right.lists["right"] = nullptr; }, "the list right is bound to nothing"},
      {[](House& house) { house.right.actions["right"] = nullptr; }, "the action right is bound to nothing"},
      {[](House& house) { house.left.diagnostics = {}; }, "the resource left is bound to nothing"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.mistake);
    House house;
    row.change(house);
    std::vector<Service> services;
    services.push_back(std::move(house.left));
    services.push_back(std::move(house.right));
    const Diagnostics found = CheckBindings(house.provider, services);
    ASSERT_EQ(found.items().size(), *row.mistake == '\0' ? 0u : 1u);
    if (!found.empty()) {
      EXPECT_THAT(found.items()[0].detail, HasSubstr(row.mistake));
    }
  }
}

TEST(CheckBindingsTest, NamesAllMistakesAtOnce) {
  House house;
  const Diagnostics found = CheckBindings(house.provider, {});
  ASSERT_EQ(found.items().size(), 1u);
  for (const char* type : {"resource left", "resource right", "data source left", "list right", "action left"}) {
    EXPECT_THAT(found.items()[0].detail, HasSubstr(type));
  }
}

}  // namespace
}  // namespace tfcpp
