// SPDX-License-Identifier: Apache-2.0
#include "tfcpp/docs/undescribed.h"

#include "tfcpp/base/strings.h"

namespace tfcpp::docs {
namespace {

// Of attributes and blocks, at every level.
class Undescribed {
 public:
  std::vector<std::string> found;

  void Look(const std::string& name, const std::string& description) {
    if (description.empty()) found.push_back(name);
  }
  void Look(const std::string& name, const Schema& schema) {
    Look(name, schema.description);
    Members(name, schema.attributes, schema.blocks);
  }
  void Members(const std::string& parent, const std::vector<Attribute>& attributes, const std::vector<Block>& blocks) {
    for (const Attribute& attribute : attributes) {
      const std::string name = Concat(parent, ".", attribute.name);
      Look(name, attribute.description);
      if (const NestedObject* nested = attribute.nested()) Members(name, nested->attributes, {});
    }
    for (const Block& block : blocks) {
      const std::string name = Concat(parent, ".", block.name);
      Look(name, block.description);
      Members(name, block.attributes, block.blocks);
    }
  }
};

}  // namespace

std::vector<std::string> WithoutDescription(const Provider& provider) {
  Undescribed undescribed;
  const auto look = [&](const std::string& kind, const auto& types) {
    for (const auto& type : types) undescribed.Look(Concat(kind, type.name), type.schema);
  };
  undescribed.Look("provider", provider.schema);
  look("", provider.resources);
  look("data.", provider.data_sources);
  look("ephemeral.", provider.ephemerals);
  look("list.", provider.lists);
  look("action.", provider.actions);
  for (const ResourceType& type : provider.resources) {
    if (type.identity.has_value()) undescribed.Members(Concat(type.name, ".identity"), type.identity->attributes, {});
  }
  for (const FunctionType& function : provider.functions) {
    undescribed.Look(Concat(function.name, "()"), function.summary);
    for (const auto& parameter : function.parameters) {
      undescribed.Look(Concat(function.name, "(", parameter.name, ")"), parameter.description);
    }
  }
  return undescribed.found;
}

}  // namespace tfcpp::docs
