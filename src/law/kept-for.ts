/** Caches the result of `make` per object, for as long as the object exists. */
export function keptFor<Of extends object, Made>(make: (of: Of) => Made): (of: Of) => Made {
  const known = new WeakMap<Of, { readonly made: Made }>();
  return (of) => {
    const kept = known.get(of);
    if (kept !== undefined) return kept.made;
    const made = make(of);
    known.set(of, { made });
    return made;
  };
}

/** Caches the last result per object, as long as the parts it was made from are the same (by identity). */
export function lastFor<Made>(): (of: object, parts: readonly unknown[], make: () => Made) => Made {
  const known = new WeakMap<object, { readonly parts: readonly unknown[]; readonly made: Made }>();
  return (of, parts, make) => {
    const kept = known.get(of);
    if (kept?.parts.every((part, index) => part === parts[index])) return kept.made;
    const made = make();
    known.set(of, { parts, made });
    return made;
  };
}

/** Computes a value on first use and keeps it. */
export function onFirstUse<Made>(make: () => Made): () => Made {
  let kept: { readonly made: Made } | null = null;
  return () => {
    kept ??= { made: make() };
    return kept.made;
  };
}
