package main

import (
	"context"
	"crypto/rand"

	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

type noteResource struct {
	store *store
}

type noteModel struct {
	ID       types.String `tfsdk:"id"`
	Title    types.String `tfsdk:"title"`
	Body     types.String `tfsdk:"body"`
	Tags     types.Set    `tfsdk:"tags"`
	Pinned   types.Bool   `tfsdk:"pinned"`
	Revision types.Int64  `tfsdk:"revision"`
}

func (*noteResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_note"
}

func (*noteResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		Description: "A note.",
		Attributes: map[string]schema.Attribute{
			"id": schema.StringAttribute{
				Computed:      true,
				Description:   "The note's id.",
				PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
			},
			"title": schema.StringAttribute{
				Required:    true,
				Description: "What the note is about: 1 to 200 characters.",
				Validators:  []validator.String{stringvalidator.UTF8LengthBetween(1, 200)},
			},
			"body": schema.StringAttribute{
				Optional:    true,
				Computed:    true,
				Description: "The text. Default: none.",
				Default:     stringdefault.StaticString(""),
			},
			"tags": schema.SetAttribute{
				Optional:    true,
				Description: "Words to find the note by.",
				ElementType: types.StringType,
				Validators:  []validator.Set{setvalidator.NoNullValues()},
			},
			"pinned": schema.BoolAttribute{
				Optional:    true,
				Computed:    true,
				Description: "Whether the note stays on top. Default: false.",
				Default:     booldefault.StaticBool(false),
			},
			"revision": schema.Int64Attribute{
				Computed:    true,
				Description: "1 when the note is made, and one more with each update.",
			},
		},
	}
}

func (r *noteResource) Configure(_ context.Context, req resource.ConfigureRequest, _ *resource.ConfigureResponse) {
	r.store, _ = req.ProviderData.(*store)
}

func (r *noteResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var model noteModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &model)...)
	made := model.note(ctx, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	id := rand.Text()
	made.Revision = 1
	if err := r.store.edit(func(notes map[string]note) { notes[id] = made }); err != nil {
		resp.Diagnostics.AddError("The note was not made", err.Error())
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, modelOf(ctx, id, made, &resp.Diagnostics))...)
}

func (r *noteResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var id string
	resp.Diagnostics.Append(req.State.GetAttribute(ctx, path.Root("id"), &id)...)
	if resp.Diagnostics.HasError() {
		return
	}
	var found note
	var exists bool
	if err := r.store.view(func(notes map[string]note) { found, exists = notes[id] }); err != nil {
		resp.Diagnostics.AddError("The note was not read", err.Error())
		return
	}
	if !exists {
		resp.State.RemoveResource(ctx)
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, modelOf(ctx, id, found, &resp.Diagnostics))...)
}

func (r *noteResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var model noteModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &model)...)
	changed := model.note(ctx, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	id := model.ID.ValueString()
	var exists bool
	err := r.store.edit(func(notes map[string]note) {
		var before note
		if before, exists = notes[id]; exists {
			changed.Revision = before.Revision + 1
			notes[id] = changed
		}
	})
	if err != nil {
		resp.Diagnostics.AddError("The note was not changed", err.Error())
		return
	}
	if !exists {
		resp.Diagnostics.AddError("The note was not changed", "It is gone since the plan. Plan again to make it anew.")
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, modelOf(ctx, id, changed, &resp.Diagnostics))...)
}

func (r *noteResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var id string
	resp.Diagnostics.Append(req.State.GetAttribute(ctx, path.Root("id"), &id)...)
	if resp.Diagnostics.HasError() {
		return
	}
	if err := r.store.edit(func(notes map[string]note) { delete(notes, id) }); err != nil {
		resp.Diagnostics.AddError("The note was not deleted", err.Error())
	}
}

func (*noteResource) ImportState(
	ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse,
) {
	resource.ImportStatePassthroughID(ctx, path.Root("id"), req, resp)
}

func (m *noteModel) note(ctx context.Context, diagnostics *diag.Diagnostics) note {
	result := note{Title: m.Title.ValueString(), Body: m.Body.ValueString(), Pinned: m.Pinned.ValueBool()}
	diagnostics.Append(m.Tags.ElementsAs(ctx, &result.Tags, false)...)
	return result
}

func modelOf(ctx context.Context, id string, n note, diagnostics *diag.Diagnostics) noteModel {
	tags, problems := types.SetValueFrom(ctx, types.StringType, n.Tags)
	diagnostics.Append(problems...)
	return noteModel{
		ID:       types.StringValue(id),
		Title:    types.StringValue(n.Title),
		Body:     types.StringValue(n.Body),
		Tags:     tags,
		Pinned:   types.BoolValue(n.Pinned),
		Revision: types.Int64Value(n.Revision),
	}
}
