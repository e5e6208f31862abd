// The forms that a secret can have in a configuration, and those to begin with: what the tests of every change between
// two of them walk through (secret_forms_test.cc, registry_webhook/forms_test.cc).
#pragma once

#include <array>
#include <cstddef>

namespace mlflow {

struct SecretForm {
  const char* plain;
  const char* write_only;
  int version;  // 0: none
};

inline constexpr std::array<SecretForm, 10> kForms = {{
    {"", "", 0},
    {"canary-a", "", 0},
    {"canary-b", "", 0},
    {"", "canary-a", 0},
    {"", "canary-b", 0},
    {"", "canary-a", 1},
    {"", "canary-b", 1},
    {"", "canary-b", 2},
    {"", "", 1},
    {"", "", 2},
}};
// Of each kind one: none, plain, write-only, write-only with a version, a version alone.
inline constexpr std::array<std::size_t, 5> kFrom = {0, 1, 3, 5, 8};

// What becomes of the secret, in a letter each: rows as in kFrom, columns as in kForms.
using FormTable = std::array<const char*, kFrom.size()>;

}  // namespace mlflow
