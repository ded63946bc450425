/* libical, the reader of Evolution, KDE and many servers: paths as arguments, one line of hexadecimal fields a value. */
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void field(const char *name, const char *value) {
  printf("%s ", name);
  for (const unsigned char *at = (const unsigned char *)(value ? value : ""); *at; at++) printf("%02x", *at);
  putchar('\n');
}

static void instant(const char *name, struct icaltimetype time) {
  char text[32];
  struct icaltimetype utc = icaltime_convert_to_zone(time, icaltimezone_get_utc_timezone());
  snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02dZ", utc.year, utc.month, utc.day, utc.hour, utc.minute, utc.second);
  field(name, text);
}

static const char *parameter(icalproperty *property, const char *name) {
  const char *value = icalproperty_get_parameter_as_string(property, name);
  return value ? value : "";
}

static const char *mail(const char *address) { return address && !strncmp(address, "mailto:", 7) ? address + 7 : address; }

static const char *named(icalcomponent *component, const char *name) {
  for (icalproperty *each = icalcomponent_get_first_property(component, ICAL_X_PROPERTY); each;
       each = icalcomponent_get_next_property(component, ICAL_X_PROPERTY))
    if (!strcmp(icalproperty_get_x_name(each), name)) return icalproperty_get_x(each);
  return "";
}

static void event(icalcomponent *component) {
  char number[16];
  puts("event 1");
  field("uid", icalcomponent_get_uid(component));
  snprintf(number, sizeof number, "%d", icalcomponent_get_sequence(component));
  field("sequence", number);
  instant("stamp", icalcomponent_get_dtstamp(component));
  instant("start", icalcomponent_get_dtstart(component));
  instant("end", icalcomponent_get_dtend(component));
  field("summary", icalcomponent_get_summary(component));
  field("description", icalcomponent_get_description(component));
  field("html", named(component, "X-ALT-DESC"));
  field("location", icalcomponent_get_location(component));
  icalproperty *url = icalcomponent_get_first_property(component, ICAL_URL_PROPERTY);
  field("url", url ? icalproperty_get_url(url) : "");
  field("status", icalenum_status_to_string(icalcomponent_get_status(component)));
  icalproperty *transp = icalcomponent_get_first_property(component, ICAL_TRANSP_PROPERTY);
  field("transparency", icalproperty_get_value_as_string(transp));
  for (icalproperty *each = icalcomponent_get_first_property(component, ICAL_CATEGORIES_PROPERTY); each;
       each = icalcomponent_get_next_property(component, ICAL_CATEGORIES_PROPERTY))
    field("category", icalproperty_get_categories(each));
  icalproperty *organizer = icalcomponent_get_first_property(component, ICAL_ORGANIZER_PROPERTY);
  field("organizer.cn", parameter(organizer, "CN"));
  field("organizer.mail", mail(icalproperty_get_organizer(organizer)));
  for (icalproperty *each = icalcomponent_get_first_property(component, ICAL_ATTENDEE_PROPERTY); each;
       each = icalcomponent_get_next_property(component, ICAL_ATTENDEE_PROPERTY)) {
    puts("attendee 1");
    field("cn", parameter(each, "CN"));
    field("role", parameter(each, "ROLE"));
    field("status", parameter(each, "PARTSTAT"));
    field("kind", parameter(each, "CUTYPE"));
    field("rsvp", parameter(each, "RSVP"));
    field("mail", mail(icalproperty_get_attendee(each)));
  }
  icalproperty *contact = icalcomponent_get_first_property(component, ICAL_CONTACT_PROPERTY);
  field("contact", contact ? icalproperty_get_contact(contact) : "");
  for (icalproperty *each = icalcomponent_get_first_property(component, ICAL_ATTACH_PROPERTY); each;
       each = icalcomponent_get_next_property(component, ICAL_ATTACH_PROPERTY))
    field("attached", icalattach_get_url(icalproperty_get_attach(each)));
  snprintf(number, sizeof number, "%d", icalcomponent_count_components(component, ICAL_VALARM_COMPONENT));
  field("alarms", number);
}

int main(int count, char **paths) {
  for (int at = 1; at < count; at++) {
    FILE *file = fopen(paths[at], "rb");
    char *text = malloc(64u << 20);
    if (!file || !text) return 1;
    text[fread(text, 1, (64u << 20) - 1, file)] = 0;
    fclose(file);
    icalcomponent *calendar = icalparser_parse_string(text);
    if (!calendar || icalcomponent_count_errors(calendar)) return fprintf(stderr, "%s: libical finds errors\n", paths[at]), 1;
    puts("file 1");
    field("method", icalenum_method_to_string(icalcomponent_get_method(calendar)));
    field("name", named(calendar, "X-WR-CALNAME"));
    for (icalcomponent *each = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT); each;
         each = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT))
      event(each);
    icalcomponent_free(calendar);
    free(text);
  }
  return 0;
}
