import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Page, Section } from '@/shared/ui/Page';
import { ButtonLink } from '@/shared/ui/links';
import { RequestList } from './RequestList';

/** The requests of data subjects, and whom one can look for among those that were erased. */
export function PrivacyPage() {
  const [subject, setSubject] = useState('');
  const [asked, setAsked] = useState('');
  return (
    <Page
      title="Privacy"
      actions={
        <>
          <ButtonLink to="/settings/privacy/reviews" variant="default">
            Review
          </ButtonLink>
          <ButtonLink to="/settings/privacy/retention" variant="default">
            Retention
          </ButtonLink>
          <ButtonLink to="/settings/privacy/words" variant="default">
            Words that warn
          </ButtonLink>
        </>
      }
    >
      <p style={{ marginTop: 0, maxWidth: '64ch' }}>
        To export what is held about a person, or to erase them, open their record and choose
        “Privacy…”.
      </p>
      <Section title="Requests">
        <form
          style={{ display: 'flex', gap: 8, alignItems: 'end', marginBottom: 12, flexWrap: 'wrap' }}
          onSubmit={(event) => {
            event.preventDefault();
            setAsked(subject.trim());
          }}
        >
          <TextInput
            label="Find a request by the whole name or an address"
            description="Finds erasures that are done, too: they keep a keyed hash."
            style={{ flex: '1 1 280px', maxWidth: 420 }}
            value={subject}
            onChange={(event) => setSubject(event.currentTarget.value)}
          />
          <Button type="submit" variant="default">
            Find
          </Button>
        </form>
        <RequestList
          filter={asked ? { subject: asked } : {}}
          empty={asked ? 'No request is about this person.' : 'Nobody has asked yet.'}
        />
      </Section>
    </Page>
  );
}
