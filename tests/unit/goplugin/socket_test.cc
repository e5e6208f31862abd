#include "goplugin/socket.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

namespace tfcpp::goplugin {
namespace {

namespace fs = std::filesystem;

class ListenAddressTest : public ::testing::Test {
 protected:
  ListenAddressTest() {
    std::string name = "/tmp/socket_test-XXXXXX";
    EXPECT_NE(mkdtemp(name.data()), nullptr);
    root_ = name;
  }
  ~ListenAddressTest() override { fs::remove_all(root_); }

  std::string Folder(const std::string& name) const {
    fs::create_directories(root_ / name);
    return root_ / name;
  }
  static Environment TmpDir(const std::string& value) {
    return
        [value](std::string_view name) { return name == "TMPDIR" ? std::optional<std::string>(value) : std::nullopt; };
  }
  static fs::path ParentOf(const ListenAddress& address) {
    return fs::path(address.host_address()).parent_path().parent_path();
  }
  fs::path root_;
};

TEST_F(ListenAddressTest, TakesTheFirstFolderThatWorks) {
  const std::string preferred = Folder("p");
  const std::string temporary = Folder("t");
  const std::string missing = root_ / "missing";
  const std::string file = root_ / "file";
  std::ofstream(file).put('x');
  const std::string long_one = Folder(std::string(100, 'a'));
  struct Case {
    const char* what;
    std::string preferred, tmpdir, parent;
  };
  const Case kCases[] = {
      {"preferred", preferred, temporary, preferred},
      {"TMPDIR", "", temporary, temporary},
      {"preferred is missing", missing, temporary, temporary},
      {"preferred is a file", file, temporary, temporary},
      {"preferred is too long", long_one, temporary, temporary},
      {"TMPDIR is too long", "", long_one, "/tmp"},
      {"TMPDIR is missing", "", missing, "/tmp"},
      {"nothing is said", "", "", "/tmp"},
  };
  for (const Case& c : kCases) {
    const ListenAddress address = ListenAddress::Make(c.preferred, TmpDir(c.tmpdir));
    EXPECT_EQ(ParentOf(address), c.parent) << c.what;
    EXPECT_EQ(address.grpc_target(), "unix:" + address.host_address()) << c.what;
    EXPECT_LE(address.host_address().size(), 107u) << c.what;
  }
}

TEST_F(ListenAddressTest, UsesFoldersUpToTheLimitOfASocketsName) {
  for (std::size_t length = 60; length < 107 - root_.string().size(); ++length) {
    const std::string folder = Folder(std::string(length, 'a'));
    const ListenAddress address = ListenAddress::Make(folder, TmpDir(""));
    const bool fits = folder.size() + std::string("/tfcpp-XXXXXX/plugin").size() <= 107;
    EXPECT_EQ(ParentOf(address), fits ? folder : "/tmp") << folder.size();
  }
}

TEST_F(ListenAddressTest, TheFolderIsPrivateAndGoesWithTheAddress) {
  const std::string parent = Folder("p");
  {
    const ListenAddress address = ListenAddress::Make(parent, TmpDir(""));
    struct stat status {};
    ASSERT_EQ(stat(fs::path(address.host_address()).parent_path().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0700u);
    std::ofstream(address.host_address()).put('x');  // in place of the socket
  }
  EXPECT_TRUE(fs::is_empty(parent));
}

TEST_F(ListenAddressTest, AMovedAddressIsRemovedOnce) {
  const std::string parent = Folder("p");
  ListenAddress first = ListenAddress::Make(parent, TmpDir(""));
  const std::string name = first.host_address();
  {
    const ListenAddress second = std::move(first);
    EXPECT_EQ(second.host_address(), name);
    EXPECT_FALSE(fs::is_empty(parent));
  }
  EXPECT_TRUE(fs::is_empty(parent));
}

}  // namespace
}  // namespace tfcpp::goplugin
