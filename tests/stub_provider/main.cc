#include "stub_provider.h"
#include "tfcpp/program/serve.h"

int main(int argc, char** argv) { return tfcpp::Serve(stub::MakeProvider(), argc, argv); }
