package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
)

// refusal is an answer that is no success.
type refusal struct {
	status int
	body   string
}

func (r *refusal) Error() string { return fmt.Sprintf("piper answers %d: %s", r.status, r.body) }

// as gives the same program, driven by one of the accounts.
func (p *piper) as(ctx context.Context, who int) (*piper, error) {
	if known := p.others[who]; known != nil {
		return known, nil
	}
	token, err := p.do(ctx, "", "token", "add", "--email", accounts[who].Email, "--scope", "write", "--name", "demonstration")
	if err != nil {
		return nil, err
	}
	as := *p
	as.token = token
	if p.others == nil {
		p.others = map[int]*piper{}
	}
	p.others[who] = &as
	return &as, nil
}

// call asks the API as a program would.
func (p *piper) call(ctx context.Context, method, path string, in, out any) error {
	return p.callAt(ctx, method, path, "", in, out)
}

// send gives Piper a file.
func (p *piper) send(ctx context.Context, method, path, kind string, body io.Reader) error {
	req, err := http.NewRequestWithContext(ctx, method, "http://"+p.addr+path, body)
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", "Bearer "+p.token)
	req.Header.Set("Content-Type", kind)
	return answered(req, nil)
}

// callAt is call for a change of one revision.
func (p *piper) callAt(ctx context.Context, method, path, revision string, in, out any) error {
	var body io.Reader
	if in != nil {
		b, err := json.Marshal(in)
		if err != nil {
			return err
		}
		body = bytes.NewReader(b)
	}
	req, err := http.NewRequestWithContext(ctx, method, "http://"+p.addr+path, body)
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", "Bearer "+p.token)
	req.Header.Set("Content-Type", "application/json")
	if revision != "" {
		req.Header.Set("If-Match", revision)
	}
	return answered(req, out)
}

// answered sends a request and reads its answer into out, if that is not nil.
func answered(req *http.Request, out any) error {
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		return err
	}
	if resp.StatusCode >= 300 {
		return &refusal{resp.StatusCode, string(answer)}
	}
	if out == nil {
		return nil
	}
	return json.Unmarshal(answer, out)
}
