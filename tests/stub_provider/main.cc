#include "program/serve.h"
#include "stub_provider.h"

int main(int argc, char** argv) { return tfcpp::Serve(stub::MakeProvider(), argc, argv); }
