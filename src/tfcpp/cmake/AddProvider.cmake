# SPDX-License-Identifier: Apache-2.0
#   tfcpp_add_provider(terraform-provider-notes
#     ADDRESS registry.example.com/acme/notes
#     VERSION 1.2.3
#     SOURCES main.cc note.cc
#     [STATIC])
#
# A program that serves a provider: its main calls tfcpp::Serve (tfcpp/program/serve.h). It is built at TARGET below the
# build folder, and copied to mirror/ADDRESS/VERSION/OS_ARCH there, in the layout in which Terraform looks for
# providers; `TF_CLI_CONFIG_FILE=BUILD/terraform.rc terraform init` takes it from there. `cmake --install` puts it into
# share/terraform/plugins, which Terraform searches by itself below /usr/local and /usr; not that of a project that is a
# part of another build.
#
# The code sees ADDRESS and VERSION as TFCPP_PROVIDER_ADDRESS and TFCPP_PROVIDER_VERSION, for tfcpp::Provider, so that
# each stands in one place.
#
# STATIC: in release builds for Linux a fully static, position-independent, stripped program that needs nothing on the
# machine where it runs. Nothing can be loaded into it, so code of yours that looks up hosts or users by the C library
# (getaddrinfo, getpwnam) finds none; the linker's warnings of that are errors. Ignored elsewhere.
include(GNUInstallDirs)

function(tfcpp_add_provider name)
  cmake_parse_arguments(arg "STATIC" "ADDRESS;VERSION" "SOURCES" ${ARGN})
  if(arg_UNPARSED_ARGUMENTS OR NOT arg_SOURCES)
    message(FATAL_ERROR "tfcpp_add_provider(${name}): wants ADDRESS, VERSION and SOURCES, and knows nothing of "
                        "\"${arg_UNPARSED_ARGUMENTS}\"")
  endif()
  if(NOT name MATCHES "^terraform-provider-([a-z0-9][a-z0-9_-]*)$")
    message(FATAL_ERROR "tfcpp_add_provider: Terraform looks for programs named terraform-provider-TYPE, such as "
                        "terraform-provider-notes, not for \"${name}\"")
  endif()
  set(type ${CMAKE_MATCH_1})
  if(NOT arg_ADDRESS MATCHES "^[a-z0-9][a-z0-9.-]*[.][a-z0-9-]+(:[0-9]+)?/[a-z0-9][a-z0-9_-]*/${type}$")
    message(FATAL_ERROR "tfcpp_add_provider(${name}): ADDRESS is to be HOST/NAMESPACE/${type}, such as "
                        "registry.terraform.io/acme/${type}, not \"${arg_ADDRESS}\"")
  endif()
  if(NOT arg_VERSION MATCHES "^[0-9]+[.][0-9]+[.][0-9]+(-[0-9A-Za-z.-]+)?$")
    message(FATAL_ERROR "tfcpp_add_provider(${name}): VERSION is to be like 1.2.3, not \"${arg_VERSION}\"")
  endif()

  include(${CMAKE_CURRENT_FUNCTION_LIST_DIR}/Platform.cmake)
  add_executable(${name} ${arg_SOURCES})
  tfcpp_server_program(${name})
  target_link_libraries(${name} PRIVATE tfcpp::serve)
  target_compile_definitions(${name} PRIVATE
    TFCPP_PROVIDER_ADDRESS="${arg_ADDRESS}" TFCPP_PROVIDER_VERSION="${arg_VERSION}")
  if(arg_STATIC)
    tfcpp_static_program(${name})
  endif()

  set(package ${arg_ADDRESS}/${arg_VERSION}/${TFCPP_OS}_${TFCPP_ARCH})
  set(file ${name}_v${arg_VERSION})
  if(PROJECT_IS_TOP_LEVEL)
    install(PROGRAMS $<TARGET_FILE:${name}> DESTINATION ${CMAKE_INSTALL_DATADIR}/terraform/plugins/${package} RENAME ${file})
  endif()
  set(mirror ${CMAKE_BINARY_DIR}/mirror)
  add_custom_command(TARGET ${name} POST_BUILD
    # Other versions go, and this one may be running.
    COMMAND ${CMAKE_COMMAND} -E rm -rf ${mirror}/${arg_ADDRESS}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${mirror}/${package}
    COMMAND ${CMAKE_COMMAND} -E copy $<TARGET_FILE:${name}> ${mirror}/${package}/${file}
    VERBATIM)
  set_property(GLOBAL APPEND PROPERTY TFCPP_ADDRESSES "\"${arg_ADDRESS}\"")
  get_property(addresses GLOBAL PROPERTY TFCPP_ADDRESSES)
  list(JOIN addresses ", " addresses)
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/terraform.rc CONTENT [[
# Terraform takes the providers that were built here from here, and all others from where it always does:
#   TF_CLI_CONFIG_FILE=this file
provider_installation {
  filesystem_mirror {
    path    = "@mirror@"
    include = [@addresses@]
  }
  direct {
    exclude = [@addresses@]
  }
}
]] @ONLY)
endfunction()

#   tfcpp_docs(terraform-provider-notes [OUTPUT docs] [EXAMPLES examples] [TEST notes_docs])
#
# Targets of a provider of tfcpp_add_provider, whose code says what the documentation says: TARGET_docs writes it to
# OUTPUT in the layout of the Terraform registry, index.md, resources/ and so on. These folders hold generated pages
# only: what else is there is removed. OUTPUT/guides is yours, and the index lists what is in it. EXAMPLES: a folder
# with provider/*.tf, resources/TYPE/*.tf, data-sources/TYPE/*.tf and so on, which the pages show; then one that is
# missing is an error. Folders are relative to the one of the CMakeLists.txt. TEST: a test of that name, which fails
# when pages are not as they would be written.
#
# What writes is the program TARGET_docs_writer, of the provider's own objects with another tfcpp::Serve, so main runs
# until it calls that.
function(tfcpp_docs name)
  cmake_parse_arguments(arg "" "OUTPUT;EXAMPLES;TEST" "" ${ARGN})
  if(arg_UNPARSED_ARGUMENTS OR NOT TARGET ${name})
    message(FATAL_ERROR "tfcpp_docs(${name}): wants a target of tfcpp_add_provider, and knows nothing of "
                        "\"${arg_UNPARSED_ARGUMENTS}\"")
  endif()
  if(NOT arg_OUTPUT)
    set(arg_OUTPUT docs)
  endif()
  cmake_path(ABSOLUTE_PATH arg_OUTPUT)
  set(write ${name}_docs_writer ${arg_OUTPUT})
  if(arg_EXAMPLES)
    cmake_path(ABSOLUTE_PATH arg_EXAMPLES)
    list(APPEND write --examples ${arg_EXAMPLES})
  endif()

  # The whole of tfcpp::serve_docs is linked in, so that tfcpp::serve is not asked for the same functions, whoever links
  # it. gRPC's configuration would bring gRPC with it.
  add_executable(${name}_docs_writer EXCLUDE_FROM_ALL
    $<FILTER:$<TARGET_OBJECTS:${name}>,EXCLUDE,grpc_server_registry>)
  set_target_properties(${name}_docs_writer PROPERTIES LINKER_LANGUAGE CXX)
  add_dependencies(${name}_docs_writer ${name})
  target_link_libraries(${name}_docs_writer PRIVATE
    $<LINK_LIBRARY:WHOLE_ARCHIVE,tfcpp::serve_docs> $<TARGET_PROPERTY:${name},LINK_LIBRARIES>)
  target_link_options(${name}_docs_writer PRIVATE
    $<FILTER:$<TARGET_PROPERTY:${name},LINK_OPTIONS>,EXCLUDE,-Map=|--cref>)
  add_custom_target(${name}_docs COMMAND ${write} VERBATIM)
  if(arg_TEST)
    set_target_properties(${name}_docs_writer PROPERTIES EXCLUDE_FROM_ALL OFF)
    add_test(NAME ${arg_TEST} COMMAND ${write} --check)
  endif()
endfunction()

# For a program that serves a provider and is none that Terraform installs, such as one of tests: gRPC's core
# configuration with the parts that a server uses, in place of the archive's. As a source of the program, because only
# so does it come first. A program that is a gRPC client needs the archive's.
function(tfcpp_server_program name)
  tfcpp_program_source(${name} grpc_server_registry.cc)
  target_link_libraries(${name} PRIVATE tfcpp::deps_grpc)
endfunction()

# STATIC of tfcpp_add_provider, for any program. The map beside the program says what is linked in and what refers to
# what.
function(tfcpp_static_program name)
  include(${CMAKE_CURRENT_FUNCTION_LIST_DIR}/Platform.cmake)
  if(CMAKE_BUILD_TYPE STREQUAL "Release" AND TFCPP_OS STREQUAL "linux")
    set_target_properties(${name} PROPERTIES POSITION_INDEPENDENT_CODE ON)
    tfcpp_program_source(${name} no_modules.cc)
    target_link_options(${name} PRIVATE -static-pie -s -Wl,--gc-sections -Wl,-z,relro,-z,now
      -Wl,--fatal-warnings -Wl,-Map=$<TARGET_FILE:${name}>.map -Wl,--cref)
    if(CMAKE_SYSTEM_PROCESSOR STREQUAL "x86_64")
      # Saves 0.9 MB. The linker for arm64 does not have it yet.
      target_link_options(${name} PRIVATE -Wl,-z,pack-relative-relocs)
    endif()
  endif()
endfunction()

# One of the files that are compiled into programs: beside this one where it is installed.
function(tfcpp_program_source name file)
  set(folder ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/../program)
  if(NOT EXISTS ${folder}/${file})
    set(folder ${CMAKE_CURRENT_FUNCTION_LIST_DIR})
  endif()
  target_sources(${name} PRIVATE ${folder}/${file})
endfunction()
