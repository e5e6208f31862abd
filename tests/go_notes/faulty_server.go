package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// object is a note on the wire, or nil for null.
type object map[string]tftypes.Value

var unknownNumber = tftypes.NewValue(tftypes.Number, tftypes.UnknownValue)

func text(value string) tftypes.Value { return tftypes.NewValue(tftypes.String, value) }

// with sets a value, where there is an object.
func (o object) with(name string, value tftypes.Value) object {
	if o != nil {
		o[name] = value
	}
	return o
}

// faultyServer passes calls on to a correct server and alters its answers as a breach says.
type faultyServer struct {
	tfprotov6.ProviderServer
	breach
	noteType tftypes.Type
}

// withBreach puts the breach of that name before the servers that are made.
func withBreach(correct func() tfprotov6.ProviderServer, name string) (func() tfprotov6.ProviderServer, error) {
	found, exists := breaches[name]
	if !exists {
		known := slices.Sorted(maps.Keys(breaches))
		return nil, fmt.Errorf("no breach is called %q. There are: %s", name, strings.Join(known, ", "))
	}
	schemas, err := correct().GetProviderSchema(context.Background(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		return nil, err
	}
	noteType := schemas.ResourceSchemas["notes_note"].ValueType()
	return func() tfprotov6.ProviderServer { return &faultyServer{correct(), found, noteType} }, nil
}

func (s *faultyServer) GetProviderSchema(
	ctx context.Context, req *tfprotov6.GetProviderSchemaRequest,
) (*tfprotov6.GetProviderSchemaResponse, error) {
	resp, err := s.ProviderServer.GetProviderSchema(ctx, req)
	if err == nil && s.schema != nil {
		s.schema(resp.ResourceSchemas["notes_note"])
	}
	return resp, err
}

func (s *faultyServer) PlanResourceChange(
	ctx context.Context, req *tfprotov6.PlanResourceChangeRequest,
) (*tfprotov6.PlanResourceChangeResponse, error) {
	resp, err := s.ProviderServer.PlanResourceChange(ctx, req)
	if err == nil && s.plan != nil {
		resp.PlannedState = encode(s.plan(s.decode(req.Config), s.decode(req.PriorState), s.decode(resp.PlannedState)))
	}
	return resp, err
}

func (s *faultyServer) ApplyResourceChange(
	ctx context.Context, req *tfprotov6.ApplyResourceChangeRequest,
) (*tfprotov6.ApplyResourceChangeResponse, error) {
	resp, err := s.ProviderServer.ApplyResourceChange(ctx, req)
	if err == nil && s.apply != nil {
		resp.NewState = encode(s.apply(s.decode(req.PriorState), s.decode(req.PlannedState), s.decode(resp.NewState)))
	}
	return resp, err
}

func (s *faultyServer) ReadResource(
	ctx context.Context, req *tfprotov6.ReadResourceRequest,
) (*tfprotov6.ReadResourceResponse, error) {
	resp, err := s.ProviderServer.ReadResource(ctx, req)
	if err == nil && s.read != nil {
		resp.NewState = encode(s.read(s.decode(resp.NewState)))
	}
	return resp, err
}

// decode and encode end the process where they fail: then the breach itself is faulty, or who calls the provider.
func (s *faultyServer) decode(value *tfprotov6.DynamicValue) object {
	if value == nil { // as in an answer that has errors
		return nil
	}
	decoded, err := value.Unmarshal(s.noteType)
	if err != nil {
		panic(err)
	}
	if decoded.IsNull() {
		return nil
	}
	var result map[string]tftypes.Value
	if err := decoded.As(&result); err != nil {
		panic(err)
	}
	return result
}

// encode writes the values as the types that they are of, which may be others than the schema's.
func encode(value object) *tfprotov6.DynamicValue {
	of := tftypes.Object{AttributeTypes: map[string]tftypes.Type{}}
	for name, each := range value {
		of.AttributeTypes[name] = each.Type()
	}
	var attributes any
	if value != nil {
		attributes = map[string]tftypes.Value(value)
	}
	encoded, err := tfprotov6.NewDynamicValue(of, tftypes.NewValue(of, attributes))
	if err != nil {
		panic(err)
	}
	return &encoded
}
