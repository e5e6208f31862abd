#include "tfcpp/base/file.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/fsuid.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <thread>

namespace tfcpp {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

class ReadFileTest : public testing::Test {
 protected:
  ReadFileTest() { std::filesystem::create_directory(folder_); }
  ~ReadFileTest() override { std::filesystem::remove_all(folder_); }

  std::string Path(const std::string& name) const { return folder_ + "/" + name; }
  std::string Write(const std::string& name, const std::string& text) const {
    std::ofstream(Path(name), std::ios::binary) << text;
    return Path(name);
  }
  std::string Pipe(const std::string& name) const {
    EXPECT_EQ(mkfifo(Path(name).c_str(), 0600), 0);
    return Path(name);
  }

  const std::string folder_ = testing::TempDir() + "read-file-" + std::to_string(getpid());
};

TEST_F(ReadFileTest, GivesTheWholeFile) {
  const std::string binary("a\0\r\n\xff", 5);
  EXPECT_EQ(*ReadFile(Write("binary", binary), 5), binary);
  EXPECT_EQ(*ReadFile(Write("empty", ""), 0), "");
  const std::string large(300'000, 'x');
  EXPECT_EQ(*ReadFile(Write("large", large), large.size()), large);
  std::filesystem::create_symlink("large", Path("link"));
  EXPECT_EQ(ReadFile(Path("link"), large.size())->size(), large.size());
  EXPECT_EQ(*ReadFile("/dev/null", 0), "");
}

TEST_F(ReadFileTest, SaysWhyItCannot) {
  const std::string text = Write("text", "12345");
  std::filesystem::create_directory(Path("folder"));
  std::filesystem::create_symlink("loop", Path("loop"));
  sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
  Path("socket").copy(address.sun_path, sizeof(address.sun_path) - 1);
  const int socket_number = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  ASSERT_EQ(bind(socket_number, reinterpret_cast<sockaddr*>(&address), sizeof(address)), 0);
  const struct {
    std::string path;
    ErrorCode code;
    const char* words;
  } kCases[] = {
      {Path("missing"), ErrorCode::kNotFound, "does not exist"},
      {text + "/below", ErrorCode::kNotFound, "does not exist"},
      {"", ErrorCode::kNotFound, "does not exist"},
      {Path("folder"), ErrorCode::kInvalidArgument, "is a folder, not a file"},
      {"/proc/self/mem", ErrorCode::kUnavailable, "Input/output error"},
      {Path("loop"), ErrorCode::kUnavailable, "symbolic links"},
      {Path("socket"), ErrorCode::kUnavailable, "cannot be read"},
      {text + std::string("\0more", 5), ErrorCode::kUnavailable, "Invalid argument"},
      {text, ErrorCode::kResourceExhausted, "too large"},
      {"/dev/zero", ErrorCode::kResourceExhausted, "too large"},
  };
  for (const auto& c : kCases) {
    const auto read = ReadFile(c.path, 4);
    ASSERT_FALSE(read.has_value()) << c.path;
    EXPECT_EQ(read.error().code, c.code) << c.path;
    EXPECT_THAT(read.error().message, HasSubstr(c.words)) << c.path;
  }
  close(socket_number);
}

TEST_F(ReadFileTest, SaysThatItMayNot) {
  const std::string path = Write("text", "1");
  chmod(path.c_str(), 0);
  // Root may read anything, so this thread is nobody while it reads. Of other users it changes nothing.
  std::thread([&] {
    setfsuid(65'534);
    EXPECT_EQ(ReadFile(path, 1).error().code, ErrorCode::kPermissionDenied);
    EXPECT_THAT(ReadFile(path, 1).error().message, HasSubstr("may not be read by this user"));
  }).join();
}

TEST_F(ReadFileTest, WaitsForAPipeOnlyAsLongAsItIsTold) {
  EXPECT_EQ(ReadFile(Pipe("silent"), 9, 1ms).error().code, ErrorCode::kDeadlineExceeded);

  const std::string half = Pipe("half");
  const int writer = open(half.c_str(), O_RDWR | O_CLOEXEC);
  ASSERT_EQ(write(writer, "half", 4), 4);
  EXPECT_EQ(ReadFile(half, 9, 1ms).error().code, ErrorCode::kDeadlineExceeded);
  close(writer);
}

TEST_F(ReadFileTest, ReadsAPipeToItsEnd) {
  const std::string path = Pipe("pipe");
  const std::string text(200'000, 'x');  // more than a pipe holds
  std::thread writer([&] { std::ofstream(path, std::ios::binary) << text; });
  EXPECT_EQ(*ReadFile(path, text.size(), 1min), text);
  writer.join();
}

}  // namespace
}  // namespace tfcpp
