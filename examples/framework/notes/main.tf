terraform {
  required_version = ">= 1.10"
  required_providers {
    notes = {
      source  = "registry.example.com/acme/notes"
      version = "~> 0.1"
    }
  }
}

provider "notes" {
  path = "notes.json"
}

resource "notes_note" "shopping" {
  title  = "Shopping"
  body   = "Bread, and something to put on it."
  tags   = ["home", "food"]
  pinned = true
}

data "notes_note" "shopping" {
  title = notes_note.shopping.title
}

ephemeral "notes_draft" "scratch" {
  name = provider::notes::slug("To Think About")
}

output "revision" {
  value = data.notes_note.shopping.revision
}

output "slug" {
  value = provider::notes::slug(notes_note.shopping.title)
}
