#include "tfcpp/docs/pages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

#include "tfcpp/docs/undescribed.h"

namespace tfcpp::docs {
namespace {

using testing::HasSubstr;
using testing::Not;

// A folder like the repository's root, gone with the test.
class PagesTest : public testing::Test {
 protected:
  PagesTest() {
    std::string name = testing::TempDir() + "docs-XXXXXX";
    root_ = mkdtemp(name.data());
    Write("examples/provider/provider.tf", "# the provider\n");
  }
  ~PagesTest() override { std::filesystem::remove_all(root_); }

  void Write(const std::string& name, const std::string& text) {
    std::filesystem::create_directories((root_ / name).parent_path());
    std::ofstream(root_ / name) << text;
  }
  Pages Make() { return MakePages(provider_, {.examples = root_ / "examples", .guides = root_ / "docs/guides"}); }

  Provider provider_{
      .type_name = "zoo",
      .version = "1",
      .schema = {.version = 0, .attributes = {}, .description = "A zoo. It has animals."},
      .resources = {{.name = "zoo_lion", .schema = {.version = 0, .attributes = {}, .description = "A lion. Wild."}}},
      .configure = nullptr};
  std::filesystem::path root_;
};

TEST_F(PagesTest, LayoutOfTheRegistry) {
  Write("examples/resources/zoo_lion/resource.tf", "# a lion\n");
  const Pages pages = Make();
  ASSERT_EQ(pages.size(), 2U);
  EXPECT_THAT(pages.at("resources/lion.md"),
              testing::StartsWith("---\npage_title: \"zoo_lion Resource - zoo\"\nsubcategory: \"\"\ndescription: |-\n"
                                  "  A lion.\n---\n\n# zoo_lion (Resource)\n\nA lion. Wild.\n"
                                  "\n## Example Usage\n\n```terraform\n# a lion\n```\n\n## Schema\n"));
  // `tfplugindocs validate` refuses a subcategory here.
  EXPECT_THAT(pages.at("index.md"), testing::StartsWith("---\npage_title: \"zoo Provider\"\ndescription: |-\n  A zoo.\n"
                                                        "---\n\n# zoo Provider\n"));
  EXPECT_THAT(pages.at("index.md"), HasSubstr("- [zoo_lion (Resource)](resources/lion.md): A lion.\n"));
}

TEST_F(PagesTest, EveryKindHasItsFolder) {
  const Schema schema{.version = 0, .attributes = {}, .description = "X."};
  provider_.resources = {};
  provider_.data_sources = {{.name = "zoo_lion", .schema = schema}};
  provider_.lists = {{.name = "zoo_lion", .schema = schema}};
  provider_.actions = {{.name = "zoo_feed", .schema = schema}};
  provider_.ephemerals = {{.name = "zoo_cub", .schema = schema}};
  provider_.functions = {{.name = "zoo_roar",
                          .parameters = {{"volume", Type::Number(), "how loud"}},
                          .result = Type::String(),
                          .summary = "A roar",
                          .description = "Loud.",
                          .call = nullptr}};
  Write("examples/data-sources/zoo_lion/data-source.tf", "# data\n");
  Write("examples/list-resources/zoo_lion/list-resource.tfquery.hcl", "# list\n");
  Write("examples/actions/zoo_feed/action.tf", "# action\n");
  Write("examples/functions/zoo_roar/function.tf", "# function\n");
  Write("examples/ephemeral-resources/zoo_cub/ephemeral-resource.tf", "# ephemeral\n");
  const Pages pages = Make();
  EXPECT_THAT(pages.at("ephemeral-resources/cub.md"), HasSubstr("# zoo_cub (Ephemeral Resource)"));
  EXPECT_THAT(pages.at("data-sources/lion.md"), HasSubstr("# zoo_lion (Data Source)"));
  EXPECT_THAT(pages.at("list-resources/lion.md"), HasSubstr("```terraform\n# list\n```"));
  EXPECT_THAT(pages.at("actions/feed.md"), HasSubstr("# zoo_feed (Action)"));
  EXPECT_THAT(pages.at("functions/zoo_roar.md"),
              HasSubstr("## Signature\n\n```text\nzoo_roar(volume number) string\n```\n"
                        "\n## Arguments\n\n1. `volume` (number) How loud.\n\n## Return Type\n\nString.\n"));
  // No folder of pages is forgotten when leftovers are looked for.
  for (const auto& [name, text] : pages) {
    if (name == "index.md") continue;
    EXPECT_THAT(GeneratedFolders(), testing::Contains(name.substr(0, name.find('/'))));
  }
}

TEST_F(PagesTest, ImportsHaveTheirOwnSection) {
  Write("examples/resources/zoo_lion/resource.tf", "# a lion\n");
  Write("examples/resources/zoo_lion/import.sh", "terraform import zoo_lion.x 1\n");
  Write("examples/resources/zoo_lion/import_by_id.tf", "import {}\n");
  EXPECT_THAT(Make().at("resources/lion.md"),
              testing::EndsWith("\n## Import\n\n```shell\nterraform import zoo_lion.x 1\n```\n"
                                "\n```terraform\nimport {}\n```\n"));
}

TEST_F(PagesTest, GuidesAreLinkedByTheirHeadings) {
  Write("examples/resources/zoo_lion/resource.tf", "# a lion\n");
  EXPECT_THAT(Make().at("index.md"), Not(HasSubstr("## Guides")));
  Write("docs/guides/feeding.md", "---\npage_title: x\n---\n\n# Feeding a lion\n\nCarefully.\n");
  EXPECT_THAT(Make().at("index.md"), HasSubstr("## Guides\n\n- [Feeding a lion](guides/feeding.md)\n"));
}

TEST_F(PagesTest, SomethingWithoutAnExampleIsAnErrorThatNamesAllOfThem) {
  provider_.data_sources = {{.name = "zoo_lions", .schema = {.version = 0, .attributes = {}, .description = "Lions."}}};
  try {
    Make();
    FAIL() << "nothing was thrown";
  } catch (const std::runtime_error& error) {
    EXPECT_THAT(error.what(), HasSubstr("examples/resources/zoo_lion"));
    EXPECT_THAT(error.what(), HasSubstr("examples/data-sources/zoo_lions"));
  }
}

TEST_F(PagesTest, WithoutAFolderOfExamplesThereAreNone) {
  const Pages pages = MakePages(provider_, {});
  EXPECT_THAT(pages.at("resources/lion.md"), Not(HasSubstr("## Example Usage")));
  EXPECT_THAT(pages.at("index.md"), HasSubstr("# zoo Provider"));
}

TEST_F(PagesTest, WhatTheRegistryListsIsOneLine) {
  provider_.resources[0].schema.description = "A lion,\nwild. It roars.\n\nOften.";
  const std::string page = MakePages(provider_, {}).at("resources/lion.md");
  EXPECT_THAT(page, HasSubstr("description: |-\n  A lion, wild.\n---\n"));
  EXPECT_THAT(page, HasSubstr("A lion,\nwild. It roars.\n\nOften.\n"));
}

TEST_F(PagesTest, DeprecationOfAType) {
  provider_.resources[0].schema.deprecation = "use zoo_cat";
  EXPECT_THAT(MakePages(provider_, {}).at("resources/lion.md"),
              HasSubstr("A lion. Wild.\n\n**Deprecated:** Use zoo_cat.\n"));
}

TEST_F(PagesTest, EveryThingWithoutADescriptionIsNamed) {
  const Schema bare{.attributes = {{.name = "a"}, {.name = "told", .description = "X."}}};
  provider_ = {.type_name = "zoo",
               .version = "1",
               .schema = bare,
               .resources = {{.name = "zoo_lion",
                              .schema = {.attributes = {{.name = "n",
                                                         .type = NestedObject{Nesting::kSet, {{.name = "x"}}},
                                                         .description = "N."}},
                                         .blocks = {{.name = "b", .attributes = {{.name = "y"}}}},
                                         .description = "Lion."},
                              .identity = Schema{.attributes = {{.name = "id"}}}}},
               .data_sources = {{.name = "zoo_lion", .schema = bare}},
               .ephemerals = {{.name = "zoo_cub", .schema = bare}},
               .lists = {{.name = "zoo_lion", .schema = bare}},
               .actions = {{.name = "zoo_feed", .schema = bare}},
               .functions = {{"roar", {{"volume", Type::Number(), ""}}, Type::String(), "", "", nullptr}},
               .configure = nullptr};
  EXPECT_THAT(WithoutDescription(provider_),
              testing::UnorderedElementsAre(
                  "provider", "provider.a", "zoo_lion.n.x", "zoo_lion.b", "zoo_lion.b.y", "zoo_lion.identity.id",
                  "data.zoo_lion", "data.zoo_lion.a", "ephemeral.zoo_cub", "ephemeral.zoo_cub.a", "list.zoo_lion",
                  "list.zoo_lion.a", "action.zoo_feed", "action.zoo_feed.a", "roar()", "roar(volume)"));
}

}  // namespace
}  // namespace tfcpp::docs
