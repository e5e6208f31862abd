// terraform-provider-notes keeps notes in a JSON file. See README.md for what it is for.
package main

import (
	"flag"
	"log"
	"os"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"
)

const address = "registry.example.com/acme/notes"

func main() {
	debug := flag.Bool("debug", false, "serve until interrupted, for a debugger")
	flag.Parse()

	server := providerserver.NewProtocol6(&notesProvider{})
	if name := os.Getenv("NOTES_BREACH"); name != "" {
		faulty, err := withBreach(server, name)
		if err != nil {
			log.Fatal("NOTES_BREACH: ", err)
		}
		server = faulty
	}
	var options []tf6server.ServeOpt
	if *debug {
		options = append(options, tf6server.WithManagedDebug())
	}
	if err := tf6server.Serve(address, server, options...); err != nil {
		log.Fatal(err)
	}
}
