#include "tfcpp/docs/folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "tfcpp/docs/examples.h"

namespace tfcpp::docs {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class FolderTest : public testing::Test {
 protected:
  FolderTest() {
    std::string name = testing::TempDir() + "pages-XXXXXX";
    folder_ = mkdtemp(name.data());
  }
  ~FolderTest() override { std::filesystem::remove_all(folder_); }

  void Write(const std::string& name, const std::string& text) {
    std::filesystem::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name) << text;
  }

  std::filesystem::path folder_;
  const Pages pages_ = {{"index.md", "the\nindex\n"}, {"resources/lion.md", "a lion\n"}};
};

TEST_F(FolderTest, WhatWasWrittenIsUpToDate) {
  WritePages(folder_ / "docs", pages_);
  EXPECT_EQ(TextOf(folder_ / "docs/resources/lion.md"), "a lion\n");
  EXPECT_THAT(Differences(folder_ / "docs", pages_), IsEmpty());
}

TEST_F(FolderTest, ShowsTheFirstLineThatDiffers) {
  WritePages(folder_, pages_);
  Write("index.md", "the\nend\n");
  EXPECT_THAT(Differences(folder_, pages_),
              ElementsAre((folder_ / "index.md").string() + ":2\n  is     end\n  should index"));
}

TEST_F(FolderTest, APageOfNothingIsALeftoverAndAGuideIsNone) {
  for (const std::string& folder : GeneratedFolders()) Write(folder + "/gone.md", "old\n");
  Write("guides/roaring.md", "by hand\n");
  EXPECT_EQ(Differences(folder_, {}).size(), GeneratedFolders().size());
  WritePages(folder_, pages_);
  for (const std::string& folder : GeneratedFolders())
    EXPECT_FALSE(std::filesystem::exists(folder_ / folder / "gone.md"));
  EXPECT_EQ(TextOf(folder_ / "guides/roaring.md"), "by hand\n");
}

}  // namespace
}  // namespace tfcpp::docs
