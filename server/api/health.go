package api

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"piper/internal/access"
	"piper/internal/run"
	"piper/internal/store"
)

// health is what a monitor reads. It names no data and no person.
type health struct {
	Status  string      `json:"status"` // ok, or failing
	Version string      `json:"version"`
	Schema  int         `json:"schema"`
	Store   string      `json:"store"`
	Jobs    []jobHealth `json:"jobs"`
}

type jobHealth struct {
	Name    string        `json:"name"`
	Outcome run.Outcome   `json:"outcome,omitempty"`
	At      store.Instant `json:"at,omitempty"`
}

// healthz answers 503 where the store does not answer. A failed job is shown but does not make Piper
// itself unhealthy: restarting it would not mend a source.
func (a *API) healthz(c *gin.Context) {
	ctx := access.AsSystem(c.Request.Context(), "health check")
	h := health{Status: "ok", Version: a.Version, Schema: a.DB.SchemaVersion(), Store: "ok", Jobs: []jobHealth{}}
	status := http.StatusOK
	rows, err := a.Jobs.Timetable(ctx)
	if err == nil {
		err = a.DB.Ping(ctx)
	}
	if err != nil {
		h.Status, h.Store, status = "failing", "does not answer", http.StatusServiceUnavailable
		_ = c.Error(err)
	}
	for _, row := range rows {
		j := jobHealth{Name: row.Name}
		if row.Last != nil {
			j.Outcome, j.At = row.Last.Outcome, row.Last.StartedAt
		}
		h.Jobs = append(h.Jobs, j)
	}
	c.JSON(status, h)
}

func (a *API) serveOpenAPI(c *gin.Context) {
	c.Data(http.StatusOK, "application/openapi+json", a.openapi)
}
