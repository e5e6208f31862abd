#   tfcpp_library(value SOURCES type.cc ... [DEPS tfcpp::base] [PRIVATE_DEPS deps_msgpack])
#
# One static library for each layer, alias tfcpp::<layer>. Includes are written from src/: #include "value/type.h".
function(tfcpp_library name)
  cmake_parse_arguments(arg "" "" "SOURCES;DEPS;PRIVATE_DEPS" ${ARGN})
  add_library(tfcpp_${name} STATIC ${arg_SOURCES})
  add_library(tfcpp::${name} ALIAS tfcpp_${name})
  target_include_directories(tfcpp_${name} PUBLIC ${CMAKE_SOURCE_DIR}/src)
  target_link_libraries(tfcpp_${name} PUBLIC ${arg_DEPS} PRIVATE ${arg_PRIVATE_DEPS} tfcpp_warnings)
endfunction()

#   tfcpp_test(value_test SOURCES type_test.cc ... DEPS tfcpp::value LABELS unit)
#
# One gtest executable and one CTest entry for each; failures name the gtest case. SHARDS n: n entries, each with a part
# of the cases, for what takes so long that its parts had better run beside each other.
function(tfcpp_test name)
  cmake_parse_arguments(arg "" "TIMEOUT;SHARDS" "SOURCES;DEPS;LABELS" ${ARGN})
  add_executable(${name} ${arg_SOURCES})
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR} ${CMAKE_SOURCE_DIR}/tests)
  target_link_libraries(${name} PRIVATE ${arg_DEPS} tfcpp_warnings GTest::gmock_main)
  target_compile_definitions(${name} PRIVATE TFCPP_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 120)
  endif()
  if(NOT arg_SHARDS)
    add_test(NAME ${name} COMMAND ${name})
    set_tests_properties(${name} PROPERTIES LABELS "${arg_LABELS}" TIMEOUT ${arg_TIMEOUT})
    return()
  endif()
  math(EXPR last "${arg_SHARDS} - 1")
  foreach(index RANGE ${last})
    add_test(NAME ${name}_${index} COMMAND ${name})
    set_tests_properties(${name}_${index} PROPERTIES LABELS "${arg_LABELS}" TIMEOUT ${arg_TIMEOUT}
      ENVIRONMENT "GTEST_TOTAL_SHARDS=${arg_SHARDS};GTEST_SHARD_INDEX=${index}")
  endforeach()
endfunction()
