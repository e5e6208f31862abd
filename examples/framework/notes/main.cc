#include "provider.h"
#include "tfcpp/program/serve.h"

int main(int argc, char** argv) { return tfcpp::Serve(notes::MakeProvider(), argc, argv); }
