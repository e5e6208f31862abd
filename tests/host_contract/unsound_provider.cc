// A provider whose author has made several mistakes: unsound_test.py starts it.
#include "tfcpp/program/serve.h"

int main(int argc, char** argv) {
  using tfcpp::Mode;
  using tfcpp::Type;
  const tfcpp::Provider provider{
      .type_name = "unsound",
      .version = "1.0.0",
      .address = "registry.example.com/acme/unsound",
      .schema = {.attributes = {{.name = "host"}, {.name = "host"}}},
      .resources = {{.name = "unsound_thing",
                     .schema = {.attributes = {{.name = "size",
                                                .type = Type::Number(),
                                                .mode = Mode::kOptionalComputed,
                                                .default_value = tfcpp::Value::String("5")},
                                               {.name = "color",
                                                .mode = Mode::kComputed,
                                                .default_value = tfcpp::Value::String("red")}}}}},
      .configure = nullptr};
  return tfcpp::Serve(provider, argc, argv);
}
