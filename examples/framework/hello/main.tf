terraform {
  required_version = ">= 1.0"
  required_providers {
    hello = {
      source  = "registry.example.com/acme/hello"
      version = "~> 0.1"
    }
  }
}

resource "hello_greeting" "world" {
  name = "world"
}

output "text" {
  value = hello_greeting.world.text
}
