#include "tfcpp/goplugin/socket.h"

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <optional>
#include <utility>

namespace tfcpp::goplugin {
namespace {

namespace fs = std::filesystem;

class ListenerTest : public ::testing::Test {
 protected:
  ListenerTest() {
    std::string name = "/tmp/socket_test-XXXXXX";
    EXPECT_NE(mkdtemp(name.data()), nullptr);
    root_ = name;
  }
  ~ListenerTest() override { fs::remove_all(root_); }

  std::string Folder(const std::string& name) const {
    fs::create_directories(root_ / name);
    return root_ / name;
  }
  static Environment TmpDir(const std::string& value) {
    return
        [value](std::string_view name) { return name == "TMPDIR" ? std::optional<std::string>(value) : std::nullopt; };
  }
  static fs::path ParentOf(const Listener& listener) {
    return fs::path(listener.host_address()).parent_path().parent_path();
  }
  // -1: nobody listens.
  static int Dial(const Listener& listener) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    listener.host_address().copy(address.sun_path, sizeof(address.sun_path) - 1);
    const int client = socket(AF_UNIX, SOCK_STREAM, 0);
    if (connect(client, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0) return client;
    close(client);
    return -1;
  }
  // Also whether what is accepted is what dialled.
  static bool CanBeDialled(const Listener& listener) {
    if (listener.Accept().descriptor >= 0) return false;  // there is none yet, and that does not block
    const int client = Dial(listener);
    const int server = listener.Accept().descriptor;
    char letter = 0;
    const bool heard = client >= 0 && server >= 0 && write(client, "x", 1) == 1 && read(server, &letter, 1) == 1;
    close(server);
    close(client);
    return heard && letter == 'x';
  }
  fs::path root_;
};

TEST_F(ListenerTest, TakesTheFirstFolderThatWorks) {
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
    const std::optional<Listener> listener = Listener::Open(c.preferred, TmpDir(c.tmpdir));
    ASSERT_TRUE(listener.has_value()) << c.what;
    EXPECT_EQ(ParentOf(*listener), c.parent) << c.what;
    EXPECT_LE(listener->host_address().size(), 107u) << c.what;
    EXPECT_TRUE(CanBeDialled(*listener)) << c.what;
    EXPECT_EQ(listener->network(), "unix") << c.what;
  }
}

TEST_F(ListenerTest, UsesFoldersUpToTheLimitOfASocketsName) {
  for (std::size_t length = 60; length < 107 - root_.string().size(); ++length) {
    const std::string folder = Folder(std::string(length, 'a'));
    const std::optional<Listener> listener = Listener::Open(folder, TmpDir(""));
    ASSERT_TRUE(listener.has_value());
    const bool fits = folder.size() + std::string("/tfcpp-XXXXXX/plugin").size() <= 107;
    EXPECT_EQ(ParentOf(*listener), fits ? folder : "/tmp") << folder.size();
  }
}

TEST_F(ListenerTest, TheFolderIsPrivateAndGoesWithTheListener) {
  const std::string parent = Folder("p");
  {
    const std::optional<Listener> listener = Listener::Open(parent, TmpDir(""));
    ASSERT_TRUE(listener.has_value());
    struct stat status {};
    ASSERT_EQ(stat(fs::path(listener->host_address()).parent_path().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0700u);
  }
  EXPECT_TRUE(fs::is_empty(parent));
}

TEST_F(ListenerTest, AMovedListenerIsClosedOnce) {
  const std::string parent = Folder("p");
  std::optional<Listener> first = Listener::Open(parent, TmpDir(""));
  ASSERT_TRUE(first.has_value());
  {
    const Listener second = *std::move(first);
    first.reset();
    EXPECT_FALSE(fs::is_empty(parent));
    EXPECT_TRUE(CanBeDialled(second));
  }
  EXPECT_TRUE(fs::is_empty(parent));
}

TEST_F(ListenerTest, WithoutItsFileItStillTakesWhoDialledBefore) {
  const std::string parent = Folder("p");
  std::optional<Listener> listener = Listener::Open(parent, TmpDir(""));
  ASSERT_TRUE(listener.has_value());
  const int client = Dial(*listener);
  ASSERT_GE(client, 0);
  listener->RemoveFile();
  EXPECT_TRUE(fs::is_empty(parent));
  EXPECT_LT(Dial(*listener), 0);
  const int server = listener->Accept().descriptor;
  EXPECT_GE(server, 0);
  close(server);
  close(client);
}

TEST_F(ListenerTest, WithoutAFolderItIsAPortOfThisMachineAlone) {
  const std::optional<Listener> listener = Listener::OpenOnLoopback();
  ASSERT_TRUE(listener.has_value());
  EXPECT_EQ(listener->network(), "tcp");
  sockaddr_in address{};
  socklen_t size = sizeof(address);
  ASSERT_EQ(getsockname(listener->descriptor(), reinterpret_cast<sockaddr*>(&address), &size), 0);
  EXPECT_EQ(address.sin_addr.s_addr, htonl(INADDR_LOOPBACK));
  EXPECT_EQ(listener->host_address(), "127.0.0.1:" + std::to_string(ntohs(address.sin_port)));
  const int client = socket(AF_INET, SOCK_STREAM, 0);
  ASSERT_EQ(connect(client, reinterpret_cast<const sockaddr*>(&address), size), 0);
  const int server = listener->Accept().descriptor;
  EXPECT_GE(server, 0);
  close(server);
  close(client);
}

}  // namespace
}  // namespace tfcpp::goplugin
