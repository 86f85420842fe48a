import { useState } from 'react';
import { Field, type FieldProps, focusOnce } from './Field.tsx';
import { NumberPad } from './NumberPad.tsx';

/** Digits by our own pad, which stands below the field while it is in hand; a real keyboard works too. */
export function DigitField({
  value,
  onChange,
  onLeave,
  length,
  extra,
  open = false,
  secret = false,
  onEnter,
  ...field
}: FieldProps & {
  value: string;
  onChange: (value: string) => void;
  onLeave?: () => void;
  /** At most so many. */
  length: number;
  /** One more key: the X of an identity number, the + of a country. */
  extra?: string;
  /** The pad stands from the beginning. */
  open?: boolean;
  /** A PIN: nobody reads it off the screen. */
  secret?: boolean;
  onEnter?: () => void;
}) {
  const [used, setUsed] = useState(open);
  const allowed = new RegExp(extra ? `[^0-9${extra === '+' ? '\\+' : extra}]` : '[^0-9]', 'g');
  const change = (text: string) => onChange(text.toUpperCase().replace(allowed, '').slice(0, length));
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only sees whether the focus is within
    <div
      className={field.wide ? 'k-digits k-wide' : 'k-digits'}
      onFocus={() => setUsed(true)}
      onBlur={(event) => {
        // A press on the pad leaves the field but not its group.
        if (event.currentTarget.contains(event.relatedTarget)) return;
        if (!open) setUsed(false);
        onLeave?.();
      }}
    >
      <Field {...field}>
        {(bound) => (
          <input
            {...bound}
            ref={field.first ? focusOnce : null}
            type={secret ? 'password' : 'text'}
            inputMode="none"
            autoComplete="off"
            value={value}
            onChange={(event) => change(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter') onEnter?.();
            }}
          />
        )}
      </Field>
      {used ? (
        <NumberPad
          label={field.label}
          extra={extra}
          onKey={(key) => change(value + key)}
          onErase={() => onChange(value.slice(0, -1))}
        />
      ) : null}
    </div>
  );
}
