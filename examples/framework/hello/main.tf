terraform {
  required_providers {
    hello = {
      source = "registry.example.com/acme/hello"
    }
  }
}

resource "hello_greeting" "world" {
  name = "world"
}

output "text" {
  value = hello_greeting.world.text
}
