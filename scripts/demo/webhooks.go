package main

import (
	"context"
	"fmt"
	"html/template"
	"io"
	"net/http"
	"slices"
	"sync"
	"time"
)

// receiver is another program of the secretariat, which hears of changes by a webhook. Its page shows what
// has arrived, the last first.
type receiver struct {
	mu      sync.Mutex
	arrived []arrival
}

type arrival struct {
	At        string
	Signature string
	Body      string
}

// keptArrivals bounds what the page shows.
const keptArrivals = 50

func (r *receiver) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if req.Method != http.MethodPost {
		_ = receiverPage.Execute(w, r.arrived)
		return
	}
	body, err := io.ReadAll(io.LimitReader(req.Body, 1<<20))
	if err != nil {
		http.Error(w, "The delivery broke off.", http.StatusBadRequest)
		return
	}
	one := arrival{time.Now().Format(time.TimeOnly), req.Header.Get("Webhook-Signature"), string(body)}
	r.arrived = slices.Insert(r.arrived, 0, one)
	r.arrived = r.arrived[:min(len(r.arrived), keptArrivals)]
	fmt.Fprintln(w, "Thank you.")
}

var receiverPage = template.Must(template.New("").Parse(`<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="3">
<title>What has arrived</title><style>body{font:15px/1.5 system-ui;max-width:80ch;margin:2rem auto;padding:0 1rem}pre{white-space:pre-wrap;overflow-wrap:anywhere;background:#f3f4ef;padding:.6rem}</style>
<h1>What has arrived</h1><p>Deliveries of Piper's webhook “Newsletter list”, the last first.</p>
{{range .}}<h2>{{.At}}</h2><p>Webhook-Signature: {{.Signature}}</p><pre>{{.Body}}</pre>{{else}}<p>Nothing yet. Change a stakeholder in Piper.</p>{{end}}`))

// addWebhooks adds one that arrives and one whose program is out of order.
func (p *piper) addWebhooks(ctx context.Context, w *world) error {
	for _, in := range []map[string]any{
		{"name": "Newsletter list", "url": w.url + "/receiver", "role": "advocate", "withRecord": true,
			"events": []string{"stakeholder.created", "stakeholder.changed", "stakeholder.removed", "stakeholder.merged", "affiliation.changed"}},
		{"name": "Project planner", "url": w.url + "/out-of-order", "role": "fundraiser", "events": []string{"task.created", "task.changed"}},
	} {
		var made struct{ ID string }
		if err := p.call(ctx, http.MethodPost, "/api/v1/webhooks", in, &made); err != nil {
			return err
		}
		if err := p.call(ctx, http.MethodPost, "/api/v1/webhooks/"+made.ID+"/test", nil, nil); err != nil {
			return err
		}
	}
	return nil
}
