// Every RPC of the provider, in process, as Terraform calls them, over a hostile service. Lines of what Terraform does,
// one character (kSteps) and what it is about; each HTTP request takes the line that follows for its answer
// (hostile.h). A configuration is a value as text (tfcpp/value/parse.h), or any bytes, from which one is generated.
// Wherever the schema has a secret, the canary is put into it.
//
//   C0{rate_limit: 5}                                            configure, with the first way to sign in
//   P{events: ["MODEL_VERSION_CREATED"], http_url_spec: {url: "https://example.com", secret: "s"}}   plan and apply
//   2{"webhook":{"id":"1","events":["MODEL_VERSION_CREATED"]}}   the answer to the create
//   R                                                            read
//   x                                                            its answer is lost
#include <iterator>

#include "terraform.h"

namespace fuzz {
namespace {

struct Step {
  char key;
  void (Terraform::*take)(std::string_view about);
};
constexpr Step kSteps[] = {
    {'S', &Terraform::TurnToServer},
    {'?', &Terraform::AskWhatThereIs},
    {'C', &Terraform::Configure},
    {'P', &Terraform::Apply},
    {'D', &Terraform::Destroy},
    {'R', &Terraform::Read},
    {'I', &Terraform::Import},
    {'J', &Terraform::ImportByIdentity},
    {'M', &Terraform::Move},
    {'U', &Terraform::Upgrade},
    {'G', &Terraform::GenerateConfiguration},
    {'d', &Terraform::ReadWebhookData},
    {'e', &Terraform::ReadWebhooksData},
    {'l', &Terraform::List},
    {'a', &Terraform::Act},
    {'f', &Terraform::CallFunction},
    {'X', &Terraform::Stop},
    {'b', &Terraform::SendBytes},
    {'p', &Terraform::ForgePrivateData},
};

}  // namespace

void Run(std::string_view input) {
  Lines lines(input);
  Terraform terraform(lines);
  while (!lines.empty()) {
    std::string_view line = lines.Take();
    const Step* chosen = nullptr;
    for (const Step& step : kSteps) {
      if (!line.empty() && line.front() == step.key) chosen = &step;
    }
    if (chosen == nullptr) continue;
    line.remove_prefix(1);
    (terraform.*chosen->take)(line);
  }
}

}  // namespace fuzz

// What OpenSSL keeps for its threads is freed at the end of the process, or not, as they happen to end. Its frames are
// all that the sanitizer sees of such a block; leaks of our own code have others.
extern "C" const char* __lsan_default_suppressions() { return "leak:CRYPTO_\nleak:OPENSSL_\nleak:ossl_\n"; }
