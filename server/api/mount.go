package api

import (
	"context"
	"fmt"
	"net/http"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"
	"github.com/gin-gonic/gin"

	"piper/internal/access"
)

// base is where the API lives.
const base = "/api/v1"

// route is one row of the table: an operation and the permission it needs.
type route struct {
	perm         access.Permission
	method, path string
	id, summary  string
	typed        func(h huma.API, o huma.Operation) // exactly one of typed and raw
	raw          gin.HandlerFunc
}

// op is a typed operation: huma reads, checks and documents its input and output.
func op[I, O any](perm access.Permission, method, path, id, summary string, handle func(context.Context, *I) (*O, error)) route {
	return route{perm: perm, method: method, path: path, id: id, summary: summary,
		typed: func(h huma.API, o huma.Operation) {
			mustShow(id, reflect.TypeFor[I](), reflect.TypeFor[O]())
			huma.Register(h, o, func(ctx context.Context, in *I) (*O, error) {
				out, err := handle(ctx, in)
				if err != nil {
					noteError(ctx, err)
					return nil, problemOf(err)
				}
				return out, nil
			})
		}}
}

// mustShow stops the start where an input or output embeds a struct that is not exported: huma sees none of
// its fields, and would refuse them all as unknown.
func mustShow(id string, types ...reflect.Type) {
	for _, t := range types {
		for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
			t = t.Elem()
		}
		if t.Kind() != reflect.Struct || t.PkgPath() != reflect.TypeFor[route]().PkgPath() && t.Name() != "" {
			continue
		}
		for i := range t.NumField() {
			f := t.Field(i)
			if f.Anonymous && !f.IsExported() {
				panic(fmt.Sprintf("operation %s: %s embeds %s, which is not exported", id, t, f.Name))
			}
			mustShow(id, f.Type)
		}
	}
}

// raw is an operation that writes its own answer: pictures, CSV, pages for a sandboxed frame.
func raw(perm access.Permission, method, path, id, summary string, handle gin.HandlerFunc) route {
	return route{perm: perm, method: method, path: path, id: id, summary: summary, raw: handle}
}

// mount registers the table on the engine and hands back the permission of every registered pattern.
func (a *API) mount(engine *gin.Engine) (huma.API, map[string]access.Permission) {
	installProblems()
	cfg := huma.DefaultConfig("Piper", "1")
	cfg.CreateHooks = nil
	cfg.DocsPath, cfg.SchemasPath, cfg.OpenAPIPath = "", "", ""
	cfg.RejectUnknownQueryParameters = true
	cfg.Formats = map[string]huma.Format{"application/json": jsonFormat, "json": jsonFormat}
	h := humagin.New(engine, cfg)

	perms := map[string]access.Permission{}
	table := a.beside()
	for _, r := range append(a.routes(), a.chartRoutes()...) {
		r.path = base + r.path
		table = append(table, r)
	}
	for _, r := range table {
		pattern := strings.NewReplacer("{", ":", "}", "").Replace(r.path)
		perms[r.method+" "+pattern] = r.perm
		o := huma.Operation{OperationID: r.id, Method: r.method, Path: r.path, Summary: r.summary, Description: "Permission: " + string(r.perm),
			Tags: []string{strings.Split(strings.TrimPrefix(r.path, base+"/"), "/")[0]}}
		if r.raw != nil {
			engine.Handle(r.method, pattern, r.raw)
			describe(h, o)
			continue
		}
		if r.method == http.MethodPost {
			o.DefaultStatus = http.StatusOK
		}
		r.typed(h, o)
	}
	return h, perms
}

// describe puts an operation that writes its own answer into the API's description.
func describe(h huma.API, o huma.Operation) {
	for part := range strings.SplitSeq(o.Path, "/") {
		if name, ok := strings.CutPrefix(part, "{"); ok {
			o.Parameters = append(o.Parameters, &huma.Param{Name: strings.TrimSuffix(name, "}"), In: "path", Required: true, Schema: &huma.Schema{Type: huma.TypeString}})
		}
	}
	o.Responses = map[string]*huma.Response{"200": {Description: o.Summary}}
	h.OpenAPI().AddOperation(&o)
}

// checkTable refuses to start with a route that the table does not name.
func checkTable(engine *gin.Engine, perms map[string]access.Permission) error {
	for _, r := range engine.Routes() {
		if _, ok := perms[r.Method+" "+r.Path]; !ok {
			return fmt.Errorf("route %s %s is not in the route table, so nobody has said who may use it", r.Method, r.Path)
		}
	}
	return nil
}
