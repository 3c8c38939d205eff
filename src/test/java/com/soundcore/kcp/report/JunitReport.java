package com.soundcore.kcp.report;

import com.soundcore.kcp.finding.Finding;
import com.soundcore.kcp.verdict.Gate;
import com.soundcore.kcp.verdict.Gate.Outcome;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** {@code junit.xml}: one test case per gate, for Jenkins, GitLab and GitHub's reporters. */
final class JunitReport implements ReportFormat.Text {
  @Override
  public String file() {
    return "junit.xml";
  }

  @Override
  public String of(Summary summary) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      suites(xml, summary);
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
    return text + "\n";
  }

  private static void suites(XMLStreamWriter xml, Summary summary) throws XMLStreamException {
    List<Gate> gates = summary.verdict().gates();
    // An invalid run gets its own test case: all gates may hold although nothing is proved.
    boolean invalid = summary.verdict().status().equals("INVALID");
    long failures = gates.stream().filter(gate -> failed(gate)).count();
    long skipped = gates.stream().filter(gate -> gate.status() == Outcome.NOT_PROVED).count();
    String time = seconds(summary.run().durationSeconds());
    String name = "kcp." + summary.run().simulation();
    xml.writeStartElement("testsuites");
    counts(xml, name, gates.size() + 1L, failures, invalid ? 1 : 0, skipped, time);
    xml.writeStartElement("testsuite");
    counts(xml, name, gates.size() + 1L, failures, invalid ? 1 : 0, skipped, time);
    xml.writeAttribute("timestamp", summary.run().startedAt().replaceAll("\\..*|Z$", ""));
    properties(xml, summary);
    testCase(xml, name, "the run is valid", time);
    if (invalid) {
      problem(xml, "error", "INVALID", summary.verdict().reasons().get(0), summary);
    }
    xml.writeEndElement();
    for (Gate gate : gates) {
      testCase(xml, name + "." + dotted(gate.subject()), gate.required(), "0");
      if (gate.status() == Outcome.NOT_PROVED) {
        xml.writeEmptyElement("skipped");
        xml.writeAttribute("message", gate.message());
      } else if (failed(gate)) {
        problem(xml, "failure", gate.status().name(), gate.message(), summary);
      }
      xml.writeEndElement();
    }
    output(xml, summary);
    xml.writeEndElement();
    xml.writeEndElement();
  }

  private static boolean failed(Gate gate) {
    return gate.status() != Outcome.PASS && gate.status() != Outcome.NOT_PROVED;
  }

  private static void properties(XMLStreamWriter xml, Summary summary) throws XMLStreamException {
    xml.writeStartElement("properties");
    property(xml, "verdict", summary.verdict().status());
    if (summary.verdict().answer() != null) {
      property(xml, "answer", summary.verdict().answer());
    }
    for (String caveat : summary.run().caveats()) {
      property(xml, "caveat", caveat);
    }
    for (Finding finding : summary.findings()) {
      property(xml, "finding", finding.sentence());
    }
    xml.writeEndElement();
  }

  private static void property(XMLStreamWriter xml, String name, String value)
      throws XMLStreamException {
    xml.writeEmptyElement("property");
    xml.writeAttribute("name", name);
    xml.writeAttribute("value", value);
  }

  /** Also writes the findings as output, because some readers skip properties. */
  private static void output(XMLStreamWriter xml, Summary summary) throws XMLStreamException {
    StringBuilder text = new StringBuilder();
    for (Finding finding : summary.findings()) {
      text.append(finding.sentence()).append('\n');
      finding.evidence().forEach(line -> text.append("  ").append(line).append('\n'));
    }
    if (!text.isEmpty()) {
      xml.writeStartElement("system-out");
      xml.writeCharacters(text.toString());
      xml.writeEndElement();
    }
  }

  private static void counts(
      XMLStreamWriter xml,
      String name,
      long tests,
      long failures,
      long errors,
      long skipped,
      String time)
      throws XMLStreamException {
    xml.writeAttribute("name", name);
    xml.writeAttribute("tests", String.valueOf(tests));
    xml.writeAttribute("failures", String.valueOf(failures));
    xml.writeAttribute("errors", String.valueOf(errors));
    xml.writeAttribute("skipped", String.valueOf(skipped));
    xml.writeAttribute("time", time);
  }

  private static void testCase(XMLStreamWriter xml, String classname, String name, String time)
      throws XMLStreamException {
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", classname);
    xml.writeAttribute("name", name);
    xml.writeAttribute("time", time);
  }

  private static void problem(
      XMLStreamWriter xml, String element, String type, String message, Summary summary)
      throws XMLStreamException {
    xml.writeStartElement(element);
    xml.writeAttribute("message", message);
    xml.writeAttribute("type", type);
    xml.writeCharacters(message + "\nRepeat: " + summary.run().repeat());
    xml.writeEndElement();
  }

  private static String dotted(String subject) {
    return subject.replaceAll("[^A-Za-z0-9]+", ".");
  }

  private static String seconds(long seconds) {
    return String.format(Locale.ROOT, "%d.000", seconds);
  }
}
