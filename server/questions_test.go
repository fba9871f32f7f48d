package main_test

import (
	"encoding/json"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
)

// TestEveryListCanBeSearched: a list that offers q answers it.
func TestEveryListCanBeSearched(t *testing.T) {
	raw, err := os.ReadFile("../frontend/openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	type parameter struct{ Name, In string }
	var described struct {
		Paths map[string]map[string]struct{ Parameters []parameter }
	}
	if err := json.Unmarshal(raw, &described); err != nil {
		t.Fatal(err)
	}
	h := newHouse(t)
	h.administrator()
	h.serve()
	asked := 0
	for path, operations := range described.Paths {
		if !slices.Contains(operations["get"].Parameters, parameter{"q", "query"}) || strings.Contains(path, "{") {
			continue
		}
		asked++
		if status, answer := h.ask(http.MethodGet, path+"?q=anything", nil); status != http.StatusOK && status != http.StatusForbidden && !strings.Contains(string(answer), "not searched by words") {
			t.Errorf("%s?q=anything: %d %s", path, status, answer)
		}
	}
	if asked < 20 {
		t.Errorf("only %d lists were asked", asked)
	}
	h.must("", "job", "calls")
	if _, answer := h.ask(http.MethodGet, "/api/v1/runs?q=call+unch", nil); !strings.Contains(string(answer), `"total":1`) {
		t.Errorf("the run of calls is not found by its name and outcome: %s", answer)
	}
}

// TestWrongBodiesNameTheField: what no field can hold is refused with the name of the field, and nothing of it
// is kept.
func TestWrongBodiesNameTheField(t *testing.T) {
	h := newHouse(t)
	h.administrator()
	h.serve()
	const ok = `{"kind":"organisation","name":"Sound \ud83d\ude00 \\ud800 \ufffd"`
	for body, field := range map[string]string{
		`{"kind":"organisation"}`: "name",
		`{"kind":"organisation","name":"a","emails":[{"label":"work"}]}`:                         "emails[0].address",
		`{"kind":"organisation","name":"a\u0000b"}`:                                              "name",
		`{"kind":"organisation","name":"a","tags":["b","\ud800"]}`:                               "tags[1]",
		`{"kind":"organisation","name":"a","notes":"\ud800\u0041"}`:                              "notes",
		`{"kind":"organisation","name":"\udc00"}`:                                                "name",
		"{\"kind\":\"organisation\",\"name\":\"a\xff\"}":                                         "name",
		`{"kind":"organisation","name":"a","\u0000":1}`:                                          "body",
		`{"kind":"organisation","name":"a","name":"b"}`:                                          "name",
		`{"kind":"organisation","name":"a","emails":[{"address":"a@x.eu","address":"b@x.eu"}]}`:  "emails[0].address",
		`{"kind":"organisation","name":"a","donor":{"policy":9223372036854775808}}`:              "donor.policy",
		`{"kind":"organisation","name":"a","donor":{"policy":-1e400}}`:                           "donor.policy",
		`{"kind":"organisation","name":`:                                                         "body",
		`"\u0000"`:                                                                               "body",
		ok + `,"emails":[{"address":"a@example.org"},{"address":"b@example.org","label":true}]}`: "emails[1].label",
	} {
		status, answer := h.ask(http.MethodPost, "/api/v1/stakeholders", []byte(body))
		var p struct {
			Errors []struct{ Field, Message string }
		}
		if err := json.Unmarshal(answer, &p); err != nil || status < 400 || status >= 500 || len(p.Errors) == 0 || p.Errors[0].Field != field {
			t.Errorf("%.100q: want a problem with %q, got %d %s", body, field, status, answer)
		}
		if strings.Contains(string(answer), "Go ") || strings.Contains(string(answer), `\u001f`) {
			t.Errorf("%.100q: the answer speaks of the inside: %s", body, answer)
		}
	}
	if status, answer := h.ask(http.MethodPost, "/api/v1/stakeholders", []byte(ok+"}")); status != http.StatusOK {
		t.Errorf("a sound body: %d %s", status, answer)
	}
	_, answer := h.ask(http.MethodGet, "/api/v1/stakeholders", nil)
	var page struct {
		Total int
		Items []struct{ Name string }
	}
	if err := json.Unmarshal(answer, &page); err != nil || page.Total != 1 || page.Items[0].Name != "Sound 😀 \\ud800 �" {
		t.Errorf("kept: %s", answer)
	}
}
