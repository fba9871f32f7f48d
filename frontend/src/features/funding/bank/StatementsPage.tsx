import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { FileDrop } from '@/shared/forms/FileDrop';
import { BackLabel, ButtonLink, TextLink } from '@/shared/ui/links';
import { Page } from '@/shared/ui/Page';
import { StatementFile } from './StatementFile';
import { StatementHistory } from './StatementHistory';

/** Choose files of the bank, see what is in them, let them in. */
export function StatementsPage() {
  const [files, setFiles] = useState<File[]>([]);
  const [imported, setImported] = useState(0);
  return (
    <Page
      title="Bank statements"
      back={
        <TextLink to="/funding/bank">
          <BackLabel>Bank</BackLabel>
        </TextLink>
      }
    >
      <FileDrop
        file={null}
        onFiles={(chosen) => {
          setFiles(chosen);
          setImported(0);
        }}
        title="Drop statements of the bank here"
        hint="CAMT.053 (XML) or MT940, one file or several. Only what came in is kept. A payment that is there already comes no second time, whichever format brings it."
        accept=".xml,.sta,.mt940,.940,.txt,.mta"
        label="Bank statements"
      />
      {files.map((file, i) => (
        <StatementFile
          key={`${file.name} ${file.lastModified} ${i}`}
          file={file}
          onImported={() => setImported((n) => n + 1)}
        />
      ))}
      {files.length > 0 && (
        <Group mt="md">
          {imported > 0 && <ButtonLink to="/funding/bank">See the payments</ButtonLink>}
          <Button variant="default" onClick={() => setFiles([])}>
            {imported > 0 ? 'Done' : 'Cancel'}
          </Button>
        </Group>
      )}
      <StatementHistory />
    </Page>
  );
}
