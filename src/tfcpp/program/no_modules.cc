// SPDX-License-Identifier: Apache-2.0
// The functions with which a static program would load modules of the machine it runs on, as functions that fail.
//
// glibc's own read /etc/nsswitch.conf and load the modules it names; where those belong to another glibc the process
// dies (docs/dev/adr/0002-static-binary-own-libcurl.md). Nothing here needs them: names are resolved by c-ares,
// services are given by number, home folders by $HOME. The libraries name them all the same, on paths that are not
// taken: gRPC's resolver, OpenSSL's connecting BIOs and its modules, libcurl's .netrc, c-ares' services. With these
// definitions the real ones are not even linked in. The linker's warnings about them are errors, so a new one cannot
// slip in.
#include <netdb.h>
#include <pwd.h>

#include <array>
#include <cerrno>

extern "C" {

int getaddrinfo(const char*, const char*, const addrinfo*, addrinfo** found) {
  *found = nullptr;
  return EAI_FAIL;
}

void freeaddrinfo(addrinfo*) {}

int getnameinfo(const sockaddr*, socklen_t, char*, socklen_t, char*, socklen_t, int) { return EAI_FAIL; }

hostent* gethostbyname(const char*) { return nullptr; }

servent* getservbyname(const char*, const char*) { return nullptr; }

int getservbyport_r(int, const char*, servent*, char*, size_t, servent** found) {
  *found = nullptr;
  return ENOENT;
}

int getpwuid_r(uid_t, passwd*, char*, size_t, passwd** found) {
  *found = nullptr;
  return ENOENT;
}

// OpenSSL's way to load a module, as a table of which every entry is missing: it takes that as "not supported". The
// type is internal to OpenSSL 3.0, where it is eleven pointers.
void* DSO_METHOD_openssl();
void* DSO_METHOD_openssl() {
  static std::array<void*, 16> nothing{};
  return nothing.data();
}

}  // extern "C"
