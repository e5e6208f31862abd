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
  if (fs::is_regular_file(path)) return {path};
  std::set<fs::path> files;
  if (!fs::is_directory(path)) return files;
  for (const auto& entry : fs::directory_iterator(path)) files.insert(entry.path());
  return files;
}

}  // namespace

int main(int argc, char** argv) {
  // Of an uncaught exception, of Require, and of what a sanitizer finds.
  std::signal(SIGABRT, [](int) { TellCurrent(); });
  if (__sanitizer_set_death_callback != nullptr) __sanitizer_set_death_callback(TellCurrent);
  if (argc < 2) std::fprintf(stderr, "%s: name a folder or files\n", argv[0]);
  for (int i = 1; i < argc; ++i) {
    const std::set<fs::path> files = FilesIn(argv[i]);
    if (files.empty()) {
      std::fprintf(stderr, "%s: nothing to replay in %s\n", argv[0], argv[i]);
      return EXIT_FAILURE;
    }
    for (const fs::path& file : files) Replay(file);
    std::printf("%s: %zu files replayed\n", argv[i], files.size());
  }
  return argc < 2 ? EXIT_FAILURE : EXIT_SUCCESS;
}
