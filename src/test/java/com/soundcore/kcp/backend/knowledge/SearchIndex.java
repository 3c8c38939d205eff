package com.soundcore.kcp.backend.knowledge;

import com.soundcore.kcp.backend.http.Recent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.store.ByteBuffersDataOutput;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.SingleInstanceLockFactory;

/** Full-text search over the knowledge items; what was written is found 100 ms later at most. */
public final class SearchIndex {
  /** A found item and how well it fits. */
  record Hit(int id, float score) {}

  /** What was found, and how much there is in all. */
  record Found(long total, List<Hit> hits) {}

  private static final String ID = "id";
  private static final String KEY = "key";
  private static final String TEXT = "text";
  private static final int MAX_TERMS = 32;
  private static final Duration REFRESH = Duration.ofMillis(100);

  private final IndexWriter writer;
  private final SearcherManager searchers;
  private final Recent<Boolean> refreshed;

  public SearchIndex() {
    try {
      writer =
          new IndexWriter(
              new ByteBuffersDirectory(
                  new SingleInstanceLockFactory(),
                  ByteBuffersDataOutput::new,
                  ByteBuffersDirectory.OUTPUT_AS_BYTE_ARRAY),
              new IndexWriterConfig(new StandardAnalyzer()));
      searchers = new SearcherManager(writer, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    refreshed = new Recent<>(REFRESH, this::refresh);
  }

  /** An item that is new: nothing has to be looked for that it takes the place of. */
  void add(KnowledgeItem item) {
    try {
      writer.addDocument(documentOf(item));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void update(KnowledgeItem item) {
    try {
      writer.updateDocument(keyOf(item), documentOf(item));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Document documentOf(KnowledgeItem item) {
    Document document = new Document();
    document.add(new StringField(KEY, String.valueOf(item.id()), Field.Store.NO));
    document.add(new NumericDocValuesField(ID, item.id()));
    KnowledgeItem.Draft draft = item.draft();
    String text = draft.title() + " " + draft.summary() + " " + String.join(" ", draft.tags());
    document.add(new TextField(TEXT, text, Field.Store.NO));
    return document;
  }

  void remove(KnowledgeItem item) {
    try {
      writer.deleteDocuments(keyOf(item));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Found search(String query, int top) {
    refreshed.get();
    try {
      IndexSearcher searcher = searchers.acquire();
      try {
        TopDocs found = searcher.search(allWordsOf(query), top);
        List<Hit> hits = new ArrayList<>(found.scoreDocs.length);
        for (ScoreDoc hit : found.scoreDocs) {
          hits.add(new Hit(idOf(searcher, hit.doc), hit.score));
        }
        return new Found(found.totalHits.value, hits);
      } finally {
        searchers.release(searcher);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int idOf(IndexSearcher searcher, int doc) throws IOException {
    List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
    LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(doc, leaves));
    NumericDocValues ids = leaf.reader().getNumericDocValues(ID);
    ids.advance(doc - leaf.docBase);
    return (int) ids.longValue();
  }

  private boolean refresh() {
    try {
      searchers.maybeRefreshBlocking();
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static BooleanQuery allWordsOf(String query) {
    BooleanQuery.Builder builder = new BooleanQuery.Builder();
    String[] words = query.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+", MAX_TERMS);
    for (String word : words) {
      if (!word.isEmpty()) {
        builder.add(new TermQuery(new Term(TEXT, word)), BooleanClause.Occur.MUST);
      }
    }
    return builder.build();
  }

  private static Term keyOf(KnowledgeItem item) {
    return new Term(KEY, String.valueOf(item.id()));
  }
}
