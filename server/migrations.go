package main

import (
	"context"
	"encoding/json"
	"strings"

	"piper/internal/store"
)

// migrations bring older data up to date, in order.
func (a *App) migrations() []store.Migration {
	return []store.Migration{
		{Version: 1, Name: "what an amount is worth is called worth, since the reporting currency is a setting", Run: renameWorth},
		{Version: 2, Name: "entries of the journal list the ids that they name", Run: func(ctx context.Context, _ *store.DB) error { return a.audit.AddNames(ctx) }},
	}
}

func renameWorth(ctx context.Context, db *store.DB) error {
	for _, h := range converted {
		c, err := rawOf(db, h.collection)
		if err != nil {
			return err
		}
		if err := c.Rewrite(ctx, renamed); err != nil {
			return err
		}
	}
	views, err := rawOf(db, "views")
	if err != nil {
		return err
	}
	return views.Rewrite(ctx, renamedView)
}

func renamed(doc []byte) ([]byte, error) {
	fields := map[string]json.RawMessage{}
	if err := json.Unmarshal(doc, &fields); err != nil || fields["eur"] == nil {
		return nil, err
	}
	fields["worth"] = fields["eur"]
	delete(fields, "eur")
	return json.Marshal(fields)
}

// renamedView writes the column, and of income the field of a filter, by its new name.
func renamedView(doc []byte) ([]byte, error) {
	fields := map[string]json.RawMessage{}
	if err := json.Unmarshal(doc, &fields); err != nil {
		return nil, err
	}
	var list, where string
	var columns []string
	for name, into := range map[string]any{"list": &list, "where": &where, "columns": &columns} {
		if fields[name] == nil {
			continue
		}
		if err := json.Unmarshal(fields[name], into); err != nil {
			return nil, err
		}
	}
	changed := false
	for i := range columns {
		if columns[i] == "eur" {
			columns[i], changed = "worth", true
		}
	}
	if fresh := strings.ReplaceAll(where, `["eur",`, `["worth",`); list == "income" && fresh != where {
		where, changed = fresh, true
	}
	if !changed {
		return nil, nil
	}
	var err error
	if fields["columns"], err = json.Marshal(columns); err != nil {
		return nil, err
	}
	if where != "" {
		if fields["where"], err = json.Marshal(where); err != nil {
			return nil, err
		}
	}
	return json.Marshal(fields)
}
