// Command pocketbase serves a PocketBase that holds the same stakeholders and messages as a Piper store,
// with indexes declared for the questions that scripts/bench asks. It writes with synchronous=FULL, as Piper
// does, logs no requests and lets everybody read, all of which is in its favour or makes it equal.
package main

import (
	"errors"
	"flag"
	"log"
	"os"
	"path/filepath"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase"
	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
	_ "modernc.org/sqlite"
)

func main() {
	data := flag.String("data", "", "data folder, kept from one run to the next")
	from := flag.String("from", "", "Piper's store to copy where the folder is new; empty: start empty")
	addr := flag.String("addr", "127.0.0.1:8090", "address to listen on")
	flag.Parse()
	if err := serve(*data, *from, *addr); err != nil {
		log.Fatal(err)
	}
}

func serve(data, from, addr string) error {
	app := pocketbase.NewWithConfig(pocketbase.Config{DefaultDataDir: data, HideStartBanner: true, DBConnect: connect})
	if err := app.Bootstrap(); err != nil {
		return err
	}
	if err := app.RunAllMigrations(); err != nil {
		return err
	}
	settings := app.Settings()
	settings.Logs.MaxDays = 0
	settings.RateLimits.Enabled = false
	if err := app.Save(settings); err != nil {
		return err
	}
	if _, err := app.FindCollectionByNameOrId("stakeholders"); err != nil {
		if err := fill(app, from); err != nil {
			return err
		}
	}
	return apis.Serve(app, apis.ServeConfig{HttpAddr: addr})
}

// connect is PocketBase's own connection but for synchronous=FULL.
func connect(path string) (*dbx.DB, error) {
	return dbx.Open("sqlite", path+"?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=journal_size_limit(200000000)"+
		"&_pragma=synchronous(FULL)&_pragma=foreign_keys(ON)&_pragma=temp_store(MEMORY)&_pragma=cache_size(-32000)")
}

// fill makes the collections and copies the records into them, the indexes last.
func fill(app core.App, from string) error {
	stakeholders := public("stakeholders",
		&core.TextField{Name: "kind"}, &core.TextField{Name: "name"}, &core.TextField{Name: "sortName"}, &core.JSONField{Name: "roles"},
		&core.TextField{Name: "country"}, &core.JSONField{Name: "emails"}, &core.JSONField{Name: "phones"}, &core.TextField{Name: "website"},
		&core.JSONField{Name: "tags"}, &core.TextField{Name: "notes"}, &core.AutodateField{Name: "updated", OnCreate: true, OnUpdate: true})
	messages := public("messages",
		&core.TextField{Name: "messageId"}, &core.TextField{Name: "threadId"}, &core.TextField{Name: "subject"}, &core.TextField{Name: "snippet"},
		&core.TextField{Name: "date"}, &core.JSONField{Name: "from"}, &core.JSONField{Name: "to"}, &core.JSONField{Name: "cc"},
		&core.TextField{Name: "stakeholder"}, &core.NumberField{Name: "size"})
	if err := errors.Join(app.Save(stakeholders), app.Save(messages)); err != nil {
		return err
	}
	if from != "" {
		if err := copyAll(app, from); err != nil {
			return err
		}
	}
	stakeholders.AddIndex("by_country", false, "country, sortName, id", "")
	stakeholders.AddIndex("by_name", false, "sortName, id", "")
	messages.AddIndex("by_stakeholder", false, "stakeholder, date DESC", "")
	messages.AddIndex("by_thread", false, "threadId, date", "")
	return errors.Join(app.Save(stakeholders), app.Save(messages))
}

func public(name string, fields ...core.Field) *core.Collection {
	c := core.NewBaseCollection(name)
	everybody := types.Pointer("")
	c.ListRule, c.ViewRule, c.CreateRule = everybody, everybody, everybody
	c.Fields.Add(fields...)
	return c
}

func copyAll(app core.App, from string) error {
	path, err := filepath.Abs(from)
	if err != nil {
		return err
	}
	if _, err := os.Stat(path); err != nil {
		return err
	}
	raw, err := dbx.Open("sqlite", filepath.Join(app.DataDir(), "data.db")+"?_pragma=busy_timeout(10000)&_pragma=synchronous(OFF)")
	if err != nil {
		return err
	}
	defer raw.Close()
	raw.DB().SetMaxOpenConns(1)
	for _, sql := range []string{
		"ATTACH '" + path + "' AS piper",
		`INSERT INTO stakeholders(id, kind, name, sortName, roles, country, emails, phones, website, tags, notes, updated)
		 SELECT id, doc->>'kind', doc->>'name', doc->>'sortName', doc->'roles', coalesce(doc->>'country', ''), doc->'emails', doc->'phones',
		        coalesce(doc->>'website', ''), doc->'tags', coalesce(doc->>'notes', ''), doc->>'updatedAt' FROM piper.stakeholders`,
		`INSERT INTO messages(id, messageId, threadId, subject, snippet, date, "from", "to", cc, stakeholder, size)
		 SELECT id, doc->>'messageId', doc->>'threadId', doc->>'subject', doc->>'snippet', doc->>'date', doc->'from', doc->'to', doc->'cc',
		        coalesce(doc->>'$.stakeholderIds[0]', ''), doc->>'size' FROM piper.messages`,
	} {
		if _, err := raw.NewQuery(sql).Execute(); err != nil {
			return err
		}
	}
	return nil
}
