-- Budgets nobody had: $lines lines of each of $years years of $cities municipalities, one in 25 of them revenue. With
-- $step 1 sorted by municipality and year; with a large number that shares no divisor with theirs, in no order at all.
CREATE TEMP TABLE number AS SELECT range AS i FROM range($cities * $years * $lines);
COPY (
  WITH numbered AS (SELECT i * $step % ($cities * $years * $lines) AS j FROM number),
  spot AS (SELECT j, j // ($years * $lines) AS c, j // $lines % $years AS y, j % $lines AS l FROM numbered),
  coded AS (
    SELECT j, c, y, l, l < $lines * 24 // 25 AS is_spent, l // 8 % 60 AS office, l // 480 AS f, l % 8 + 8 * (l // 480 % 11) AS e
    FROM spot
  )
  SELECT
    format('belediye-{:04d}', c + 1) AS place,
    2025 - $years + y AS period,
    CASE WHEN l % 20 = 19 THEN 'bağlı idare' ELSE 'belediye' END AS entity,
    CASE WHEN is_spent THEN 'gider' ELSE 'gelir' END AS side,
    format('46.{:02d}.{:02d}.{:02d}', c % 81 + 1, c // 81 + 1, CASE WHEN is_spent THEN office ELSE 0 END) AS institutional,
    CASE WHEN is_spent THEN format('{:02d}.{}.{}.00', f % 10 + 1, f // 10 % 4 + 1, f % 3) END AS functional,
    '5' AS finance_type,
    format('{:02d}.{}.{}.{:02d}', e % 9 + 1, e // 9 + 1, l % 7, CASE WHEN is_spent THEN 1 ELSE l % 97 END) AS economic,
    'Kalem ' || (e * 7 + l % 7) || ' giderleri ve hizmetleri' AS label,
    hash(j) % 100000000 / 100 AS initial,
    CASE WHEN is_spent THEN hash(j + 100000007) % 100000000 / 100 END AS appropriation,
    CASE WHEN NOT is_spent THEN hash(j + 200000014) % 100000000 / 100 END AS accrued,
    hash(j + 300000021) % 100000000 / 100 AS outturn,
    'TL' AS unit,
    CASE WHEN y < $years - 1 THEN 'kesin' ELSE 'geçici' END AS state
  FROM coded
) TO 'FILE';
