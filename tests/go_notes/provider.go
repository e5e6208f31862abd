package main

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

type notesProvider struct{}

type providerModel struct {
	Path types.String `tfsdk:"path"`
}

func (*notesProvider) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "notes"
}

func (*notesProvider) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	resp.Schema = schema.Schema{
		Description: "Keeps notes in a JSON file.",
		Attributes: map[string]schema.Attribute{
			"path": schema.StringAttribute{
				Optional:    true,
				Description: "The JSON file that holds the notes. Default: notes.json in the working folder.",
			},
		},
	}
}

func (*notesProvider) Configure(ctx context.Context, req provider.ConfigureRequest, resp *provider.ConfigureResponse) {
	var config providerModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	switch {
	case resp.Diagnostics.HasError() || config.Path.IsUnknown():
		// Without a file a note can still be planned; a call that needs one says that the path is not known.
	case config.Path.IsNull():
		resp.ResourceData = &store{path: "notes.json"}
	default:
		resp.ResourceData = &store{path: config.Path.ValueString()}
	}
}

func (*notesProvider) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{func() resource.Resource { return &noteResource{} }}
}

func (*notesProvider) DataSources(context.Context) []func() datasource.DataSource {
	return nil
}
