package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync"
)

// note as the file has it. Tags that are null and tags that are empty differ, there as in Terraform.
type note struct {
	Title    string   `json:"title"`
	Body     string   `json:"body"`
	Tags     []string `json:"tags"`
	Pinned   bool     `json:"pinned"`
	Revision int64    `json:"revision"`
}

// store is a JSON file with an object of notes by id. Calls of one process may overlap.
type store struct {
	path string
	lock sync.Mutex
}

var errNoFile = errors.New("the provider's path is not known yet: apply first what it is taken from")

// view calls look with the notes that there are; where there is no file yet there are none.
func (s *store) view(look func(map[string]note)) error {
	if s == nil {
		return errNoFile
	}
	s.lock.Lock()
	defer s.lock.Unlock()
	notes, err := s.read()
	if err == nil {
		look(notes)
	}
	return err
}

// edit is a view after which the file is written anew, as a whole.
func (s *store) edit(change func(map[string]note)) error {
	if s == nil {
		return errNoFile
	}
	s.lock.Lock()
	defer s.lock.Unlock()
	notes, err := s.read()
	if err != nil {
		return err
	}
	change(notes)
	return s.write(notes)
}

func (s *store) read() (map[string]note, error) {
	notes := map[string]note{}
	text, err := os.ReadFile(s.path)
	if errors.Is(err, fs.ErrNotExist) {
		return notes, nil
	}
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(text, &notes); err != nil {
		return nil, fmt.Errorf("%s does not hold notes: %w", s.path, err)
	}
	if notes == nil {
		return nil, fmt.Errorf("%s does not hold notes: it says null", s.path)
	}
	return notes, nil
}

func (s *store) write(notes map[string]note) error {
	text, err := json.MarshalIndent(notes, "", "  ")
	if err != nil {
		return err
	}
	begun := s.path + ".new"
	if err := os.WriteFile(begun, append(text, '\n'), 0o600); err != nil {
		return err
	}
	return os.Rename(begun, s.path)
}
