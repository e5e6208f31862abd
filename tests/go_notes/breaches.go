package main

import "github.com/hashicorp/terraform-plugin-go/tfprotov6"

// A breach is what a faulty provider does to the answers of a correct one. A nil object is null: a note that is to be
// made, or that is gone.
type breach struct {
	schema func(note *tfprotov6.Schema)
	plan   func(config, prior, planned object) object
	apply  func(prior, planned, state object) object
	read   func(state object) object
}

var breaches = map[string]breach{
	// The schema has an attribute that is required and computed at once.
	"schema-required-and-computed": {schema: func(note *tfprotov6.Schema) {
		for _, attribute := range note.Block.Attributes {
			attribute.Computed = attribute.Computed || attribute.Required
		}
	}},
	// The plan has another title than the configuration.
	"plan-changes-config": {plan: func(_, _, planned object) object {
		return planned.with("title", text("a title that nobody configured"))
	}},
	// The plan has a value where the configuration has one that is not known yet.
	"plan-knows-too-much": {plan: func(config, _, planned object) object {
		for _, name := range []string{"title", "body"} {
			if planned != nil && !config[name].IsKnown() {
				planned[name] = text("a guess")
			}
		}
		return planned
	}},
	// With a configuration that has been applied the plan still has a change, each time.
	"plan-never-settles": {plan: func(_, _, planned object) object {
		return planned.with("revision", unknownNumber)
	}},
	// What was planned to be made is planned away.
	"plan-drops-object": {plan: func(_, _, _ object) object { return nil }},
	// The body is another one than was planned.
	"apply-changes-plan": {apply: func(_, _, state object) object {
		return state.with("body", text("a body that nobody planned"))
	}},
	// After the apply the revision is still not known.
	"apply-leaves-unknown": {apply: func(_, _, state object) object {
		return state.with("revision", unknownNumber)
	}},
	// A note that was made, or changed, is not in the state.
	"apply-drops-object": {apply: func(_, _, _ object) object { return nil }},
	// A note that was destroyed is still in the state.
	"apply-keeps-destroyed": {apply: func(prior, planned, state object) object {
		if planned == nil {
			return prior
		}
		return state
	}},
	// The process ends within the call.
	"crash": {apply: func(_, _, _ object) object { panic("a breach: crash") }},
	// The attribute `pinned` is a boolean in the schema and a text in the state.
	"read-changes-type": {read: func(state object) object {
		return state.with("pinned", text("a text instead of a boolean"))
	}},
	// What was read is not known.
	"read-leaves-unknown": {read: func(state object) object {
		return state.with("revision", unknownNumber)
	}},
}
