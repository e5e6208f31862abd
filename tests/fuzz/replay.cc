// Gives every file of a corpus to a fuzz target once. Takes the place of libFuzzer in builds without it.
//
//   fuzz_json tests/fuzz/corpus/json      a folder, or single files
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <stdexcept>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" void __sanitizer_set_death_callback(void (*callback)()) __attribute__((weak));

namespace {

namespace fs = std::filesystem;

std::string current;  // NOLINT: what a crash tells

void TellCurrent() { std::fprintf(stderr, "while replaying %s\n", current.c_str()); }

void Replay(const fs::path& path) {
  current = path.string();
  std::ifstream file(path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  if (!file) throw std::runtime_error("cannot be read");
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

std::set<fs::path> FilesIn(const fs::path& path) {
  if (!fs::is_directory(path)) return {path};
  std::set<fs::path> files;
  for (const auto& entry : fs::directory_iterator(path)) files.insert(entry.path());
  return files;
}

}  // namespace

int main(int argc, char** argv) {
  // Of an uncaught exception, of Require, and of what a sanitizer finds.
  std::signal(SIGABRT, [](int) { TellCurrent(); });
  if (__sanitizer_set_death_callback != nullptr) __sanitizer_set_death_callback(TellCurrent);
  std::size_t replayed = 0;
  for (int i = 1; i < argc; ++i) {
    for (const fs::path& file : FilesIn(argv[i])) {
      Replay(file);
      ++replayed;
    }
  }
  std::printf("%zu files replayed\n", replayed);
  if (replayed == 0) std::fprintf(stderr, "%s: nothing to replay\n", argv[0]);
  return replayed == 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
