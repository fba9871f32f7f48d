// Command bare answers the questions that scripts/bench asks from Piper's own SQLite file with as little
// between the socket and the file as a careful programmer would write: net/http, database/sql, prepared
// statements, stored bytes. It signs nobody in, checks no rights, counts nothing and logs nothing.
package main

import (
	"context"
	"database/sql"
	"errors"
	"flag"
	"fmt"
	"log"
	"net/http"
	"runtime"
	"slices"
	"strconv"
	"strings"

	_ "modernc.org/sqlite"
)

// Up to where totals are exact, and how long a page is, as in Piper.
const (
	countTo = 10_001
	page    = 50
)

type server struct {
	get                                        *sql.Stmt
	country, tag, view, messages, names, words question
	timeline                                   []*sql.Stmt
}

// question is the statement of a page and that of its total.
type question struct{ items, total *sql.Stmt }

func main() {
	file := flag.String("file", "", "Piper's store")
	addr := flag.String("addr", "127.0.0.1:8091", "address to listen on")
	flag.Parse()
	db, err := sql.Open("sqlite", "file:"+*file+"?_pragma=busy_timeout(10000)&_pragma=query_only(1)&_pragma=mmap_size(1073741824)"+
		"&_pragma=cache_size(-8192)&_pragma=temp_store(MEMORY)")
	if err != nil {
		log.Fatal(err)
	}
	db.SetMaxOpenConns(max(4, runtime.NumCPU()))
	db.SetMaxIdleConns(max(4, runtime.NumCPU()))
	s, err := prepare(db)
	if err != nil {
		log.Fatal(err)
	}
	log.Fatal(http.ListenAndServe(*addr, s.handler()))
}

// prepare writes the statements that Piper's planner comes to, without what limits them to a reader.
func prepare(db *sql.DB) (s *server, err error) {
	s = &server{}
	stmt := func(text string) *sql.Stmt {
		st, e := db.PrepareContext(context.Background(), text)
		if err == nil {
			err = e
		}
		return st
	}
	list := func(from, order string) question {
		return question{
			stmt("SELECT m.doc FROM " + from + " ORDER BY " + order + " LIMIT " + strconv.Itoa(page+1)),
			stmt("SELECT count(*) FROM (SELECT 1 FROM " + from + " LIMIT " + strconv.Itoa(countTo) + ")")}
	}
	const tagged = `"stakeholders::tags,trashedAt,sortName,id" s`
	const inRole = `"stakeholders::roles,trashedAt,sortName,id" s`
	const linked = `"messages::stakeholderIds,-date,id" s`
	s.get = stmt("SELECT doc FROM stakeholders WHERE id=?")
	s.country = list(`stakeholders m WHERE m.f_trashedAt IS NULL AND m.f_country=?`, "m.f_sortName, m.id")
	s.tag = question{
		stmt(`SELECT m.doc FROM ` + tagged + ` CROSS JOIN stakeholders m ON m.n=s.n WHERE s.f_tags=? AND s.f_trashedAt=-9e999 ORDER BY s.f_sortName, s.id LIMIT 51`),
		stmt(`SELECT count(*) FROM (SELECT 1 FROM ` + tagged + ` WHERE s.f_tags=? AND s.f_trashedAt=-9e999 LIMIT 10001)`)}
	s.view = list(`stakeholders m WHERE m.f_trashedAt IS NULL AND m.f_country=? AND EXISTS(SELECT 1 FROM `+inRole+
		` WHERE s.f_roles='donor' AND s.f_trashedAt=-9e999 AND s.f_sortName=m.f_sortName AND s.id=m.id)`, "m.f_updatedAt DESC, m.id")
	s.messages = question{
		stmt(`SELECT m.doc FROM ` + linked + ` CROSS JOIN messages m ON m.n=s.n WHERE s.f_stakeholderIds=? ORDER BY s.f_date DESC, s.id LIMIT 51`),
		stmt(`SELECT count(*) FROM (SELECT 1 FROM ` + linked + ` WHERE s.f_stakeholderIds=? LIMIT 10001)`)}
	for _, lane := range [][3]string{{"interactions", "stakeholderIds", "at"}, {"tasks", "stakeholderIds", "doneAt"}, {"messages", "stakeholderIds", "date"}} {
		s.timeline = append(s.timeline, stmt(fmt.Sprintf(`SELECT s.f_%[3]s, m.doc FROM "%[1]s::%[2]s,-%[3]s,id" s CROSS JOIN %[1]s m ON m.n=s.n WHERE s.f_%[2]s=? ORDER BY s.f_%[3]s DESC, s.id LIMIT 51`, lane[0], lane[1], lane[2])))
	}
	s.timeline = append(s.timeline, stmt(`SELECT f_signedOn, doc FROM agreements WHERE f_donorId=?`), stmt(`SELECT f_updatedAt, doc FROM opportunities WHERE f_donorId=?`),
		stmt(`SELECT f_at, doc FROM journal WHERE f_recordId=? ORDER BY f_at DESC, id LIMIT 51`))
	s.names = list(`stakeholders__fts f CROSS JOIN stakeholders m ON m.n=f.rowid WHERE f.stakeholders__fts MATCH ? AND m.f_trashedAt IS NULL`, "f.rowid DESC")
	s.words = list(`bodies__fts f CROSS JOIN bodies b ON b.n=f.rowid CROSS JOIN messages m ON m.id=b.f_message WHERE f.bodies__fts MATCH ?`, "f.rowid DESC")
	return s, err
}

func (s *server) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /stakeholders/{id}", func(w http.ResponseWriter, r *http.Request) {
		var doc []byte
		if err := s.get.QueryRowContext(r.Context(), r.PathValue("id")).Scan(&doc); err != nil {
			http.NotFound(w, r)
			return
		}
		answer(w, doc)
	})
	mux.HandleFunc("GET /stakeholders/{id}/timeline", s.answerTimeline)
	mux.HandleFunc("GET /stakeholders", func(w http.ResponseWriter, r *http.Request) {
		switch q := r.URL.Query(); {
		case q.Has("donors"):
			s.view.answer(w, r, q.Get("donors"))
		case q.Has("country"):
			s.country.answer(w, r, q.Get("country"))
		case q.Has("tag"):
			s.tag.answer(w, r, q.Get("tag"))
		default:
			s.names.answer(w, r, match(q.Get("q")))
		}
	})
	mux.HandleFunc("GET /messages", func(w http.ResponseWriter, r *http.Request) {
		if q := r.URL.Query(); q.Has("q") {
			s.words.answer(w, r, match(q.Get("q")))
		} else {
			s.messages.answer(w, r, q.Get("stakeholder"))
		}
	})
	return mux
}

// match is the search for words by their beginning.
func match(words string) string {
	var parts []string
	for _, w := range strings.Fields(strings.ToLower(words)) {
		parts = append(parts, `"`+strings.ReplaceAll(w, `"`, "")+`"*`)
	}
	return strings.Join(parts, " AND ")
}

func (q question) answer(w http.ResponseWriter, r *http.Request, arg string) {
	rows, err := q.items.QueryContext(r.Context(), arg)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	defer rows.Close()
	b, n := append(make([]byte, 0, 32<<10), `{"items":[`...), 0
	for rows.Next() {
		var doc sql.RawBytes
		if err := rows.Scan(&doc); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		if n++; n > page {
			continue
		}
		if n > 1 {
			b = append(b, ',')
		}
		b = append(b, doc...)
	}
	if err := rows.Err(); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	if n > page { // the only page is its own total
		if err := q.total.QueryRowContext(r.Context(), arg).Scan(&n); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
	}
	answer(w, strconv.AppendInt(append(b, `],"total":`...), int64(n), 10), '}')
}

// answerTimeline merges what happened, the newest first.
func (s *server) answerTimeline(w http.ResponseWriter, r *http.Request) {
	type entry struct {
		at  string
		doc []byte
	}
	var all []entry
	for _, lane := range s.timeline {
		rows, err := lane.QueryContext(r.Context(), r.PathValue("id"))
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		for rows.Next() {
			var e entry
			if err = rows.Scan(&e.at, &e.doc); err != nil {
				break
			}
			all = append(all, e)
		}
		if err = errors.Join(err, rows.Err(), rows.Close()); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
	}
	slices.SortStableFunc(all, func(x, y entry) int { return strings.Compare(y.at, x.at) })
	b := append(make([]byte, 0, 32<<10), `{"items":[`...)
	for i, e := range all[:min(page, len(all))] {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, e.doc...)
	}
	answer(w, append(b, ']'), '}')
}

func answer(w http.ResponseWriter, body []byte, more ...byte) {
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(append(body, more...))
}
